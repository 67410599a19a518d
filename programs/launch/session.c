/* From port and key to a client, in this process or in its place. */
#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "net/crypto/crypto_start.h"
#include "rim/locale.h"
#include "rim/log.h"
#include "rim/signals.h"

#define EXIT_LAUNCHER          255
#define COMMAND_LINE_MAX_BYTES 65536 /* of what `ps` shows; the rest is cut */

void
session_add(struct session *s, const struct numeric_address *address)
{
    for (size_t i = 0; i < s->address_count; i++) {
        if (strcmp(s->address[i].text, address->text) == 0)
            return;
    }
    if (s->address_count < CLIENT_ADDRESSES_MAX)
        s->address[s->address_count++] = *address;
}

void
session_add_addr(struct session *s, const struct addr *address)
{
    char text[RESOLVE_TEXT_BYTES];
    struct numeric_address numeric;

    resolve_text(address, text);
    if (numeric_address_parse(view_of_text(text), &numeric) == SKUA_OK)
        session_add(s, &numeric);
}

void
session_fini(struct session *s)
{
    child_free(s->child);
    mem_wipe(s, sizeof *s);
}

/* Our own decoding is UTF-8 whatever the locale says; what the terminal does may differ. */
static void
warn_of_locale(void)
{
    struct locale_report r = locale_read();

    if (!r.is_utf8)
        log_linef(LOG_WARN, "the locale is not UTF-8 (%s%s): going on in UTF-8",
                  r.setting[0] == '\0' ? "none is set" : r.setting,
                  r.is_installed ? "" : ", not installed");
}

static int
run_here(struct session *s, const struct options *o, struct fail *why)
{
    struct client_options c = {
        .name = o->label,
        .address_count = s->address_count,
        .port = s->port,
        .key = s->key,
        .predict = o->predict,
        .escape_key = getenv("MOSH_ESCAPE_KEY"),
        .title_prefix = getenv("MOSH_TITLE_NOPREFIX") == NULL,
        .term_init = o->term_init,
        .advice = s->advice,
        .record = o->record,
        .is_metered = o->is_metered,
    };
    for (size_t i = 0; i < s->address_count; i++)
        c.addresses[i] = s->address[i].text;
    key_wipe(&s->key);
    warn_of_locale();
    if (crypto_start() != SKUA_OK) {
        key_wipe(&c.key);
        fail_set(why, SKUA_ERR_SYSTEM, 0, "libgcrypt is missing something or broken");
        return EXIT_LAUNCHER;
    }
    int status = client_run(&c, why);
    key_wipe(&c.key);
    return status;
}

/* "-# " and the words and " |": one argument that a client ignores and `ps` shows. */
static void
put_command_line(struct buf *out, int argc, char *const *argv)
{
    buf_put_text(out, "-# ");
    for (int i = 1; i < argc && out->max - out->len > strlen(argv[i]) + 4; i++) {
        buf_put_text(out, argv[i]);
        buf_put_u8(out, ' ');
    }
    buf_put(out, view_of("|", 2));
}

static bool
set_environment(const struct session *s, const struct options *o)
{
    char key[KEY_TEXT_CHARS + 1], pid[32];

    key_text(&s->key, key);
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    bool ok = setenv("MOSH_KEY", key, 1) == 0 && setenv("MOSH_CLIENT_PID", pid, 1) == 0 &&
              setenv("MOSH_PREDICTION_DISPLAY", predict_display_word(o->predict.display), 1) == 0;
    if (ok && o->predict.overwrite)
        ok = setenv("MOSH_PREDICTION_OVERWRITE", "yes", 1) == 0;
    if (ok && !o->term_init)
        ok = setenv("MOSH_NO_TERM_INIT", "1", 1) == 0;
    mem_wipe(key, sizeof key);
    return ok;
}

static int
run_other(const struct session *s, const struct options *o, int argc, char *const *argv,
          struct fail *why)
{
    struct buf line;
    char port[8], client[4096], address[NUMERIC_ADDRESS_MAX + 1];

    buf_init(&line, COMMAND_LINE_MAX_BYTES);
    put_command_line(&line, argc, argv);
    snprintf(port, sizeof port, "%u", (unsigned)s->port);
    snprintf(client, sizeof client, "%s", o->client);
    snprintf(address, sizeof address, "%s", s->address[0].text);
    char *const words[] = { client, (char *)line.data, address, port, NULL };

    signals_default_all();
    if (!set_environment(s, o))
        fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot set the client's environment");
    else if (execvp(o->client, words) != 0)
        fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot run %.200s", o->client);
    unsetenv("MOSH_KEY");
    buf_fini(&line);
    return EXIT_LAUNCHER;
}

int
session_run(struct session *s, const struct options *o, int argc, char *const *argv,
            struct fail *why)
{
    if (o->client != NULL)
        return run_other(s, o, argc, argv, why);
    return run_here(s, o, why);
}
