/*
 * POSIX locks: a child does not inherit them, and who asks is told the holder's process by the kernel.
 */
#include "rim/registry.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/random.h"

/* An entry that is not locked may be one that is just being made. */
#define YOUNG_S 10

#define HOST_BYTES 65 /* more of a host's name tells nothing more */

struct registry {
    int folder, file;
    char id[REGISTRY_ID_CHARS + 1];
};

static const char *
home(void)
{
    const char *at = getenv("HOME");
    if (at != NULL && at[0] == '/')
        return at;
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? user->pw_dir : NULL;
}

/* A folder inside at. Returns -1 with errno if it is none, or, of ours, not ours alone. */
static int
enter_folder(int at, const char *name, bool is_ours)
{
    struct stat st;
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (is_ours ? O_NOFOLLOW : 0));
    if (fd < 0 || !is_ours)
        return fd;
    if (fstat(fd, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return fd;
    close(fd);
    errno = EPERM;
    return -1;
}

/* Where the host's entries are; who only looks makes no folders. Returns -1 with *why if it cannot be. */
static int
open_folder(bool may_make, struct fail *why)
{
    char host[HOST_BYTES] = "";
    if (gethostname(host, sizeof host - 1) < 0 || host[0] == '\0' || host[0] == '.' ||
        strchr(host, '/') != NULL)
        snprintf(host, sizeof host, "localhost");
    const struct {
        const char *name;
        bool is_ours;
    } steps[] = {
        { ".local", false }, { "state", false }, { "skua", true }, { "run", true }, { host, true }
    };
    const char *from = home();
    int at = from != NULL ? open(from, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    for (size_t i = 0; at >= 0 && i < sizeof steps / sizeof steps[0]; i++) {
        bool is_there = !may_make || mkdirat(at, steps[i].name, 0700) == 0 || errno == EEXIST;
        int next = is_there ? enter_folder(at, steps[i].name, steps[i].is_ours) : -1;
        int reason = errno;
        close(at);
        errno = reason;
        at = next;
    }
    if (at < 0)
        (void)fail_set(why, SKUA_ERR_SYSTEM, errno, "no list of sessions in ~/.local/state/skua");
    return at;
}

static enum skua_err
make_id(char out[REGISTRY_ID_CHARS + 1], struct fail *why)
{
    uint8_t bytes[REGISTRY_ID_CHARS / 2];
    enum skua_err err = random_fill(bytes, sizeof bytes, why);
    for (size_t i = 0; i < sizeof bytes && err == SKUA_OK; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return err;
}

static bool
lock(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    return fcntl(fd, F_SETLK, &whole) == 0;
}

enum skua_err
registry_enter(struct registry **out, struct fail *why)
{
    *out = NULL;
    struct registry r = { .file = -1 };
    enum skua_err err = make_id(r.id, why);
    if (err != SKUA_OK)
        return err;
    if ((r.folder = open_folder(true, why)) < 0)
        return SKUA_ERR_SYSTEM;
    r.file = openat(r.folder, r.id, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (r.file < 0 || !lock(r.file)) {
        err = fail_set(why, SKUA_ERR_SYSTEM, errno, "enter the list of sessions");
        if (r.file >= 0) {
            (void)unlinkat(r.folder, r.id, 0);
            close(r.file);
        }
        close(r.folder);
        return err;
    }
    *out = mem_new(1, sizeof **out);
    **out = r;
    return SKUA_OK;
}

void
registry_write(struct registry *r, struct view text)
{
    if (r == NULL)
        return;
    size_t len = text.len < REGISTRY_TEXT_MAX ? text.len : REGISTRY_TEXT_MAX;
    /* A disk that is full shows in the list, and nowhere else. */
    if (pwrite(r->file, text.data, len, 0) == (ssize_t)len)
        (void)!ftruncate(r->file, (off_t)len);
}

void
registry_leave(struct registry *r)
{
    if (r == NULL)
        return;
    (void)unlinkat(r->folder, r->id, 0);
    close(r->file);
    close(r->folder);
    free(r);
}

static bool
is_id(const char *name)
{
    return strlen(name) == REGISTRY_ID_CHARS &&
           strspn(name, "0123456789abcdef") == REGISTRY_ID_CHARS;
}

/* Who holds the entry; 0: nobody. */
static pid_t
holder(int fd)
{
    struct flock asked = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    if (fcntl(fd, F_GETLK, &asked) < 0 || asked.l_type == F_UNLCK)
        return 0;
    return asked.l_pid;
}

/* The entry's file; -1 if there is none, or it is not one that we made. */
static int
open_entry(int folder, const char *id)
{
    struct stat st;
    int fd = openat(folder, id, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid())
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static void
remove_stale(int folder, const char *id, int fd)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && time(NULL) - st.st_mtime > YOUNG_S)
        (void)unlinkat(folder, id, 0);
}

static void
visit_entry(int folder, const char *id, registry_visit_fn *visit, void *context)
{
    struct registry_entry entry;
    int fd = open_entry(folder, id);
    if (fd < 0)
        return;
    entry.pid = holder(fd);
    ssize_t got = entry.pid > 0 ? pread(fd, entry.text, sizeof entry.text, 0) : -1;
    if (entry.pid == 0)
        remove_stale(folder, id, fd);
    close(fd);
    if (got < 0)
        return;
    memcpy(entry.id, id, sizeof entry.id);
    entry.len = (size_t)got;
    visit(context, &entry);
}

void
registry_visit(registry_visit_fn *visit, void *context)
{
    int folder = open_folder(false, NULL);
    DIR *names = folder >= 0 ? fdopendir(dup(folder)) : NULL;
    const struct dirent *name;
    for (int i = 0; names != NULL && i < REGISTRY_VISIT_MAX && (name = readdir(names)) != NULL;) {
        if (!is_id(name->d_name))
            continue;
        visit_entry(folder, name->d_name, visit, context);
        i++;
    }
    if (names != NULL)
        closedir(names);
    if (folder >= 0)
        close(folder);
}

bool
registry_has(const char *id)
{
    int folder = open_folder(false, NULL);
    int fd = folder >= 0 && is_id(id) ? open_entry(folder, id) : -1;
    bool is_held = fd >= 0 && holder(fd) != 0;
    if (fd >= 0)
        close(fd);
    if (folder >= 0)
        close(folder);
    return is_held;
}
