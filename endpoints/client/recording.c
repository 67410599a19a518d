/* Lines are written as they come: what was seen before a crash is in the file. */
#include "endpoints/client/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "rim/clock.h"
#include "rim/signals.h"
#include "session/asciicast.h"

/* One paint, every byte of it escaped; a paint is as large as a window can be. */
#define LINE_MAX_BYTES  (64u << 20)
#define LINE_KEEP_BYTES 16384

struct recording {
    int fd; /* -1: given up */
    uint64_t start_ms;
    off_t written; /* by whole lines */
    int rows, cols;
    struct buf line;
};

/* Write the line that was made. What cannot be written whole is taken back, and nothing follows it. */
static enum skua_err
write_line(struct recording *r, struct fail *why)
{
    size_t done = 0;
    ssize_t put = 0;
    while (done < r->line.len && (put >= 0 || errno == EINTR)) {
        put = write(r->fd, r->line.data + done, r->line.len - done);
        done += put > 0 ? (size_t)put : 0;
    }
    int reason = errno;
    bool is_whole = done == r->line.len && !r->line.overflow;
    r->written += is_whole ? (off_t)done : 0;
    buf_wipe(&r->line);
    buf_shrink(&r->line, LINE_KEEP_BYTES);
    if (is_whole)
        return SKUA_OK;
    (void)!ftruncate(r->fd, r->written);
    close(r->fd);
    r->fd = -1;
    return fail_set(why, SKUA_ERR_SYSTEM, reason, "recording has stopped");
}

enum skua_err
recording_open(const char *path, int rows, int cols, struct recording **out, struct fail *why)
{
    *out = NULL;
    if (path == NULL)
        return SKUA_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0600);
    if (fd < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "record in %.200s", path);
    signals_ignore(SIGXFSZ); /* a limit on files ends a recording, not the session */
    struct recording *r = mem_new(1, sizeof *r);
    *r = (struct recording){ .fd = fd, .rows = rows, .cols = cols, .start_ms = clock_now_ms() };
    buf_init(&r->line, LINE_MAX_BYTES);
    asciicast_start(&r->line, rows, cols, clock_read().wall_ms / 1000, getenv("TERM"));
    *out = r;
    return write_line(r, why);
}

void
recording_close(struct recording *r)
{
    if (r == NULL)
        return;
    if (r->fd >= 0)
        close(r->fd);
    buf_fini(&r->line);
    free(r);
}

enum skua_err
recording_output(struct recording *r, struct view bytes, uint64_t now_ms, struct fail *why)
{
    if (r == NULL || r->fd < 0 || bytes.len == 0)
        return SKUA_OK;
    asciicast_output(&r->line, now_ms - r->start_ms, bytes);
    return write_line(r, why);
}

enum skua_err
recording_resize(struct recording *r, int rows, int cols, uint64_t now_ms, struct fail *why)
{
    if (r == NULL || r->fd < 0 || (rows == r->rows && cols == r->cols))
        return SKUA_OK;
    r->rows = rows;
    r->cols = cols;
    asciicast_resize(&r->line, now_ms - r->start_ms, rows, cols);
    return write_line(r, why);
}
