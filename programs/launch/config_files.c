/*
 * Reads configuration files. They say which programs run, so they count only if the user or root alone can
 * write them.
 */
#include "config_files.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "bootstrap/config_line.h"
#include "bootstrap/host_name.h"
#include "bootstrap/host_pattern.h"
#include "option_value.h"

#define PATH_BYTES 4096
#define FROM_BYTES (PATH_BYTES + 32)

/* Why a file that is open does not count; NULL if it does. */
static const char *
why_ignored(const struct stat *s)
{
    if (!S_ISREG(s->st_mode))
        return "it is no plain file";
    if (s->st_uid != getuid() && s->st_uid != 0)
        return "it belongs to another user";
    if ((s->st_mode & S_IWOTH) != 0)
        return "others can write it: chmod o-w";
    if ((s->st_mode & S_IWGRP) != 0 && s->st_gid != getgid() && s->st_gid != 0)
        return "another group can write it: chmod g-w";
    return NULL;
}

/* Append up to out's maximum, and one byte more is an error for the caller to see in overflow. */
static enum skua_err
read_all(int fd, struct buf *out)
{
    uint8_t chunk[4096];
    ssize_t len;

    while ((len = read(fd, chunk, sizeof chunk)) != 0) {
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            return SKUA_ERR_SYSTEM;
        struct view in = view_of(chunk, (size_t)len);
        buf_put(out, view_first(in, out->max - out->len));
        if (out->len == out->max)
            return SKUA_ERR_TOO_LARGE;
    }
    return SKUA_OK;
}

/* The host as typed, without the user. */
static struct view
host_of(const struct options *o)
{
    struct view user, host;

    if (host_name_split(view_of_text(o->host), &user, &host) != SKUA_OK)
        return (struct view){ 0 };
    return host;
}

static bool
find_setting(const struct config_line *line, enum option_id *out)
{
    for (int id = 0; id < OPTION_SETTINGS; id++) {
        if (config_line_is(line, option_name((enum option_id)id))) {
            *out = (enum option_id)id;
            return true;
        }
    }
    return false;
}

/* Take a line that holds something. *applies: whether this part of the file is for the host. */
static enum skua_err
take_line(const struct config_line *line, const char *from, bool *applies, struct options *o,
          struct fail *why)
{
    struct options scratch = { 0 };
    enum option_id id;

    if (config_line_is(line, "Host")) {
        *applies = host_pattern_fits(view_of_text(line->value), host_of(o));
        return SKUA_OK;
    }
    if (!find_setting(line, &id))
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "unknown keyword '%.*s'",
                        (int)(line->keyword.len < 80 ? line->keyword.len : 80),
                        (const char *)line->keyword.data);
    enum skua_err err = option_value_take(id, line->value, &scratch, why);
    if (err == SKUA_OK && *applies)
        settings_say_first(&o->settings, id, line->value, from);
    return err;
}

static enum skua_err
take_text(struct view text, const char *path, struct options *o, struct fail *why)
{
    bool applies = true;
    char from[FROM_BYTES];

    for (size_t number = 1; text.len != 0; number++) {
        const uint8_t *newline = memchr(text.data, '\n', text.len);
        size_t len = newline == NULL ? text.len : (size_t)(newline - text.data);
        struct config_line line;
        const char *problem = NULL;

        snprintf(from, sizeof from, "%s line %zu", path, number);
        enum skua_err err = config_line_parse(view_first(text, len), &line, &problem);
        if (err != SKUA_OK)
            fail_set(why, err, 0, "%s", problem);
        else if (line.keyword.len != 0)
            err = take_line(&line, from, &applies, o, why);
        if (err != SKUA_OK) {
            fail_context(why, "%s", from);
            return err;
        }
        text = view_from(text, len + 1);
    }
    return SKUA_OK;
}

static enum skua_err
read_file(const char *path, bool must_exist, struct options *o, struct fail *why)
{
    struct stat s;
    struct buf text;
    /* A FIFO in the file's place must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0 && !must_exist && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
        return SKUA_OK;
    if (fd < 0 || fstat(fd, &s) != 0) {
        int reason = errno;
        if (fd >= 0)
            close(fd);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "cannot read %.200s", path);
    }
    const char *ignored = why_ignored(&s);
    if (ignored != NULL) {
        fprintf(stderr, "%s: %s is ignored: %s\n", o->label, path, ignored);
        close(fd);
        return SKUA_OK;
    }
    buf_init(&text, CONFIG_FILES_MAX_BYTES + 1);
    enum skua_err err = read_all(fd, &text);
    close(fd);
    if (err == SKUA_ERR_SYSTEM)
        fail_set(why, err, errno, "cannot read %.200s", path);
    else if (err == SKUA_ERR_TOO_LARGE && take_text(buf_view(&text), path, o, why) == SKUA_OK)
        fail_set(why, err, 0, "%.200s is larger than 1 MiB", path);
    else if (err == SKUA_OK)
        err = take_text(buf_view(&text), path, o, why);
    buf_fini(&text);
    return err;
}

/* The user's file into path; false if there is no home to look in. */
static bool
user_path(char path[PATH_BYTES])
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int len;

    /* XDG Base Directory Specification: relative paths are to be ignored. */
    if (folder != NULL && folder[0] == '/') {
        len = snprintf(path, PATH_BYTES, "%s/skua/config", folder);
    } else {
        if (home == NULL || home[0] != '/') {
            const struct passwd *user = getpwuid(getuid());
            home = user == NULL ? NULL : user->pw_dir;
        }
        if (home == NULL || home[0] != '/')
            return false;
        len = snprintf(path, PATH_BYTES, "%s/.config/skua/config", home);
    }
    return len > 0 && len < PATH_BYTES;
}

enum skua_err
config_files_read(struct options *o, struct fail *why)
{
    char path[PATH_BYTES];
    enum skua_err err = SKUA_OK;

    if (o->config_file != NULL && strcmp(o->config_file, "none") == 0)
        return SKUA_OK;
    if (o->config_file != NULL)
        return read_file(o->config_file, true, o, why);
    if (user_path(path))
        err = read_file(path, false, o, why);
    if (err == SKUA_OK)
        err = read_file(SKUA_SYSCONFDIR "/skua/config", false, o, why);
    return err;
}

/* A value as it must be written to be read as it is. */
static void
print_value(const char *value, FILE *to)
{
    bool is_plain = value[0] != '\0' && value[0] != '"' && value[0] != '#' && value[0] != '=' &&
                    strpbrk(value, "#\t\r\n") == NULL && value[0] != ' ' &&
                    value[strlen(value) - 1] != ' ';

    if (is_plain) {
        fputs(value, to);
        return;
    }
    putc('"', to);
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            putc('\\', to);
        putc(*value, to);
    }
    putc('"', to);
}

static void
print_setting(enum option_id id, const char *value, FILE *to)
{
    if (value == NULL || value[0] == '\0')
        return;
    fprintf(to, "%s ", option_name(id));
    print_value(value, to);
    putc('\n', to);
}

void
config_files_print(const struct options *o, FILE *to)
{
    const char *const values[OPTION_SETTINGS] = {
        [OPTION_PREDICT] = predict_display_word(o->predict.display),
        [OPTION_OVERWRITE] = o->predict.overwrite ? "yes" : "no",
        [OPTION_REMOTE_IP] = options_remote_ip_word(o->remote_ip),
        [OPTION_FAMILY] = o->family.word,
        [OPTION_PORT] = o->port,
        [OPTION_CLIENT] = o->client,
        [OPTION_SERVER] = o->server,
        [OPTION_SSH] = o->ssh,
        [OPTION_BIND_SERVER] = o->bind_server,
        [OPTION_SSH_PTY] = o->ssh_pty ? "yes" : "no",
        [OPTION_INIT] = o->term_init ? "yes" : "no",
        [OPTION_METERED] = o->is_metered ? "yes" : "no",
        [OPTION_UPLOAD] = options_upload_word(o->upload),
    };

    for (int id = 0; id < OPTION_SETTINGS; id++)
        print_setting((enum option_id)id, values[id], to);
}
