/*
 * Looking up a name and connecting keep a process from everything else, so another one looks at the clock.
 * It lives no longer than the pipe to it.
 */
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/descriptors.h"
#include "rim/tty.h"

#define TEXT_BYTES  256
#define ROW_BYTES   512
#define TEXTS_BYTES 4096 /* of the steps of a moment */

/* The process that writes. */
struct writer {
    const char *label;
    int tty, in;
    char text[TEXT_BYTES];
    uint64_t due_ms; /* UINT64_MAX: nothing was said yet, or it is shown */
    bool is_shown;
};

static void
put(const struct writer *w, const char *bytes, size_t len)
{
    /* A job in the background must not write, and would be stopped for it. */
    if (tcgetpgrp(w->tty) == getpgrp() && write(w->tty, bytes, len) < 0)
        return; /* the terminal is gone, and we soon */
}

/* The whole row: an interrupt leaves a ^C behind the text. */
static void
erase(struct writer *w)
{
    char blanks[ROW_BYTES + 2];
    struct tty_window window;

    if (!w->is_shown)
        return;
    w->is_shown = false;
    tty_window_of(w->tty, &window);
    int width = window.cols - 1 < ROW_BYTES ? window.cols - 1 : ROW_BYTES;
    memset(blanks, ' ', sizeof blanks);
    blanks[0] = blanks[width + 1] = '\r';
    put(w, blanks, (size_t)width + 2);
}

/* Never in two rows: only one could be taken away again. */
static void
show(struct writer *w)
{
    char line[TEXT_BYTES + 64];
    struct tty_window window;

    erase(w);
    tty_window_of(w->tty, &window);
    int len = snprintf(line, sizeof line, "%s: %s...", w->label, w->text);
    if (len >= window.cols)
        len = window.cols - 1;
    put(w, line, (size_t)len);
    w->is_shown = true;
    w->due_ms = UINT64_MAX;
}

/* Take in the last text of those that came, each with a NUL. Returns false at the pipe's end. */
static bool
read_text(struct writer *w)
{
    char texts[TEXTS_BYTES];
    ssize_t len = read(w->in, texts, sizeof texts);

    if (len <= 0)
        return len < 0 && errno == EINTR;
    texts[len - 1] = '\0';
    const char *last = texts;
    for (const char *c = texts; c + 1 < texts + len; c++) {
        if (*c == '\0')
            last = c + 1;
    }
    snprintf(w->text, sizeof w->text, "%.*s", TEXT_BYTES - 1, last);
    if (w->is_shown)
        show(w);
    else if (w->due_ms == UINT64_MAX)
        w->due_ms = clock_now_ms() + PROGRESS_QUIET_MS;
    return true;
}

static void
run_writer(struct writer *w)
{
    static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE };
    struct pollfd p = { .fd = w->in, .events = POLLIN };
    bool more = true;

    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_IGN);
    while (more) {
        uint64_t now_ms = clock_now_ms();
        int wait_ms = w->due_ms == UINT64_MAX ? -1
                      : w->due_ms <= now_ms   ? 0
                                              : (int)(w->due_ms - now_ms);
        int ready = poll(&p, 1, wait_ms);
        if (ready > 0)
            more = read_text(w);
        else if (ready == 0)
            show(w);
    }
    erase(w);
}

/*
 * Nothing of what else is open may be held open by the writer, but standard error: who reads that knows by
 * its end that the line is gone, also if the process that we write for was killed.
 */
static void
keep_only(struct writer *w)
{
    int null = open("/dev/null", O_RDWR);

    if (dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
        _exit(1);
    w->tty = dup2(w->tty, 3);
    w->in = dup2(w->in, 4);
    descriptors_close_from(5);
}

void
progress_open(struct progress *p, const char *label)
{
    struct writer w = { .label = label, .due_ms = UINT64_MAX };
    int ends[2];

    *p = (struct progress){ .fd = -1 };
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0)
        return;
    /* Past 4: keep_only() puts them to 3 and 4. */
    w.tty = fcntl(tty, F_DUPFD_CLOEXEC, 5);
    close(tty);
    if (w.tty < 0)
        return;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close(w.tty);
        return;
    }
    w.in = fcntl(ends[0], F_DUPFD_CLOEXEC, 5);
    close(ends[0]);
    p->pid = w.in < 0 ? -1 : fork();
    if (p->pid == 0) {
        keep_only(&w);
        run_writer(&w);
        _exit(0);
    }
    close(w.tty);
    if (w.in >= 0)
        close(w.in);
    if (p->pid < 0)
        close(ends[1]);
    else
        p->fd = ends[1];
}

void
progress_say(struct progress *p, const char *format, ...)
{
    char text[TEXT_BYTES];
    va_list args;

    if (p->fd < 0)
        return;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* A name may hold anything that ssh takes. */
    for (char *c = text; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~')
            *c = '?';
    }
    if (len < 0 || write(p->fd, text, strlen(text) + 1) < 0)
        progress_close(p);
}

void
progress_close(struct progress *p)
{
    if (p->fd < 0)
        return;
    close(p->fd);
    p->fd = -1;
    while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
