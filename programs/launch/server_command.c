/* Puts together what ssh_command_build() wants. */
#include "server_command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bootstrap/locale_variable.h"
#include "bootstrap/ssh_command.h"
#include "upload.h"

/* The user's locale as NAME=VALUE texts. */
struct locale_texts {
    struct buf bytes;
    const char *pair[LOCALE_VARIABLE_COUNT];
    size_t count;
};

#define LOCALE_BYTES_MAX (LOCALE_VARIABLE_COUNT * (LOCALE_VARIABLE_MAX_BYTES + 32))

/*
 * The variable that decides the character set here, if that is not UTF-8; else NULL. Stock's server starts
 * in no other, and may have no UTF-8 locale of its own: it gets C.UTF-8 in this one's place.
 */
static const char *
unfit_variable(void)
{
    static const char *const by_rank[] = { "LC_ALL", "LC_CTYPE", "LANG" };

    for (size_t i = 0; i < sizeof by_rank / sizeof by_rank[0]; i++) {
        const char *value = getenv(by_rank[i]);
        if (value != NULL && value[0] != '\0')
            return strcasestr(value, "utf-8") == NULL && strcasestr(value, "utf8") == NULL
                       ? by_rank[i]
                       : NULL;
    }
    return NULL;
}

static void
read_locale(struct locale_texts *out)
{
    size_t start[LOCALE_VARIABLE_COUNT];
    const char *unfit = unfit_variable();

    *out = (struct locale_texts){ 0 };
    buf_init(&out->bytes, LOCALE_BYTES_MAX);
    for (size_t i = 0; i < LOCALE_VARIABLE_COUNT; i++) {
        const char *name = locale_variable_name(i);
        const char *value = getenv(name);
        if (value == NULL || (value = locale_variable_fit(name, value)) == NULL)
            continue;
        if (unfit != NULL && strcmp(name, unfit) == 0)
            value = "C.UTF-8";
        start[out->count++] = out->bytes.len;
        buf_put_text(&out->bytes, name);
        buf_put_u8(&out->bytes, '=');
        buf_put_text(&out->bytes, value);
        buf_put_u8(&out->bytes, '\0');
    }
    /* Only now: the bytes moved as they grew. */
    for (size_t i = 0; i < out->count; i++)
        out->pair[i] = (const char *)out->bytes.data + start[i];
}

static void
choose_bind(const struct options *o, struct ssh_command *c)
{
    if (o->bind_server == NULL && o->local) {
        c->bind = SSH_COMMAND_BIND_ADDRESS;
        c->bind_address = o->host;
    } else if (o->bind_server == NULL) {
        c->bind = SSH_COMMAND_BIND_USUAL;
    } else if (strcasecmp(o->bind_server, "ssh") == 0) {
        c->bind = SSH_COMMAND_BIND_SSH;
    } else if (strcasecmp(o->bind_server, "any") == 0) {
        c->bind = SSH_COMMAND_BIND_ANY;
    } else {
        c->bind = SSH_COMMAND_BIND_ADDRESS;
        c->bind_address = o->bind_server;
    }
}

enum skua_err
server_command_build(const struct options *o, const struct server_command *wish, struct buf *out,
                     struct fail *why)
{
    struct locale_texts locale;
    read_locale(&locale);
    struct ssh_command c = {
        .server = o->server,
        .colors = wish->colors,
        .port = o->port[0] == '\0' ? NULL : o->port,
        .locale = locale.pair,
        .locale_count = locale.count,
        .command = o->words,
        .command_count = o->words_count,
        .show_connection = wish->show_connection,
        .payloads = o->local || wish->probes ? NULL : upload_searched(o),
        .upload = wish->upload,
        .token = wish->token,
        .probes = wish->probes,
    };
    choose_bind(o, &c);
    enum skua_err err = ssh_command_build(&c, out);
    if (err == SKUA_OK && !buf_put_u8(out, '\0'))
        err = SKUA_ERR_TOO_LARGE;
    buf_fini(&locale.bytes);
    if (err != SKUA_OK)
        fail_set(why, err, 0, "the command is too long: %d bytes at most", SSH_COMMAND_MAX_BYTES);
    return err;
}
