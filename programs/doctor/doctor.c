/* In the order in which a session would come about: this machine, the login, the server, the datagrams. */
#include "doctor.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bootstrap/visible_text.h"
#include "endpoints/client/client.h"
#include "endpoints/client/reach.h"
#include "exchange.h"
#include "net/crypto/crypto_start.h"
#include "findings.h"
#include "here.h"
#include "programs/launch/remote.h"
#include "rim/clock.h"
#include "there.h"

#define TEXT_MAX_BYTES (1 << 20)
#define LAST_ANSWER_MS 10000
/* Stock sends a first time at once, and again each second or so. */
#define STOCK_WAIT_MS 6000
#define CHUNK_BYTES   4096

bool
doctor_is_asked(int *argc, char **argv, bool *json)
{
    const char *slash = *argc > 0 ? strrchr(argv[0], '/') : NULL;
    int out = 1;

    *json = false;
    if (*argc < 2 || strcmp(slash == NULL ? argv[0] : slash + 1, "mosh") == 0 ||
        strcmp(argv[1], "doctor") != 0)
        return false;
    bool is_option = true;
    for (int i = 2; i < *argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            is_option = false;
        if (is_option && strcmp(argv[i], "--json") == 0)
            *json = true;
        else
            argv[out++] = argv[i];
    }
    argv[out] = NULL;
    *argc = out;
    return true;
}

/* What the far end has to say once it was asked: it ends by that. */
static void
read_last_answer(struct examination *e)
{
    uint64_t deadline_ms = clock_now_ms() + LAST_ANSWER_MS, now_ms;
    struct pollfd p = { .fd = e->answers, .events = POLLIN };
    uint8_t chunk[CHUNK_BYTES];
    struct buf all;

    close(e->asks);
    e->asks = -1;
    buf_init(&all, TEXT_MAX_BYTES / VISIBLE_TEXT_GROWTH);
    while ((now_ms = clock_now_ms()) < deadline_ms) {
        if (poll(&p, 1, (int)(deadline_ms - now_ms)) <= 0)
            continue;
        ssize_t len = read(e->answers, chunk, sizeof chunk);
        if (len <= 0)
            break;
        buf_put(&all, view_of(chunk, (size_t)len));
    }
    /* Line by line: a newline is a control too. */
    struct view rest = buf_view(&all);
    while (rest.len != 0) {
        const uint8_t *newline = memchr(rest.data, '\n', rest.len);
        size_t len = newline == NULL ? rest.len : (size_t)(newline - rest.data);
        size_t shown = len != 0 && rest.data[len - 1] == '\r' ? len - 1 : len;
        visible_text_put(&e->text, view_first(rest, shown));
        buf_put_u8(&e->text, '\n');
        rest = view_from(rest, len + 1);
    }
    buf_fini(&all);
}

/* Try the addresses in turn until one answers. Returns the index of that, or of the first. */
static size_t
exchange_with_all(const struct session *s, struct exchange *x, struct findings *f)
{
    for (size_t i = 0; i < s->address_count; i++) {
        struct exchange one = { 0 };
        struct fail why = { 0 };
        if (exchange_run(s->address[i].text, s->port, &s->key, &one, &why) != SKUA_OK)
            findings_add(f, "udp", FINDING_FAILURE, "%s", why.text);
        else if (i == 0 || one.back != 0)
            *x = one;
        if (one.back != 0)
            return i;
    }
    return 0;
}

/* A server of Mosh counts nothing for us; a session with it shows at least whether anything comes back. */
static void
examine_stock(const struct session *s, struct findings *f)
{
    const char *addresses[CLIENT_ADDRESSES_MAX];
    struct fail why = { 0 };
    bool heard = false;

    for (size_t i = 0; i < s->address_count; i++)
        addresses[i] = s->address[i].text;
    if (crypto_start() != SKUA_OK || reach_server(addresses, s->address_count, s->port, &s->key,
                                                  STOCK_WAIT_MS, &heard, &why) != SKUA_OK) {
        findings_add(f, "udp", FINDING_FAILURE, "%s", why.text);
        return;
    }
    there_examine_stock(addresses[0], s->port, heard, f);
}

static void
examine_host(const struct options *o, const char *self, struct findings *f)
{
    struct examination e = { .asks = -1, .answers = -1 };
    struct session s = { .examination = &e };
    struct fail why = { 0 };
    struct exchange x = { 0 };

    buf_init(&e.text, TEXT_MAX_BYTES);
    int status = remote_start(o, self, 0, &s, &why);
    if (there_examine_login(o, &e, status, &why, f)) {
        bool is_stock = there_is_stock(&e);
        size_t which = is_stock ? 0 : exchange_with_all(&s, &x, f);
        read_last_answer(&e);
        there_examine_host(o, &e, f);
        if (is_stock)
            examine_stock(&s, f);
        else
            there_examine_udp(o, &e, s.address[which].text, s.port, &x, f);
    } else if (e.has_login || e.text.len != 0) {
        there_examine_host(o, &e, f);
    }
    if (e.asks >= 0)
        close(e.asks);
    if (e.answers >= 0)
        close(e.answers);
    session_fini(&s);
    buf_fini(&e.text);
}

int
doctor_run(const struct options *o, const char *self, bool json)
{
    struct findings f = { 0 };

    here_examine(o, &f);
    if (o->host != NULL)
        examine_host(o, self, &f);
    if (json)
        findings_print_json(&f, o->host, stdout);
    else
        findings_print(&f, stdout);
    fflush(stdout);
    switch (findings_worst(&f)) {
    case FINDING_FAILURE: return DOCTOR_FAILURES;
    case FINDING_WARNING: return DOCTOR_WARNINGS;
    case FINDING_OK:
    case FINDING_UNKNOWN: break;
    }
    return DOCTOR_WELL;
}
