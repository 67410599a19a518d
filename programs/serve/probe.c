/* No session, no shell, no detaching: it lives as long as the ssh that started it. */
#include "probe.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "bootstrap/path_probe.h"
#include "endpoints/server/announce.h"
#include "net/crypto/crypto_start.h"
#include "rim/clock.h"
#include "rim/limits.h"
#include "rim/random.h"
#include "rim/resolve.h"
#include "rim/sandbox.h"
#include "rim/udp.h"

struct answerer {
    struct udp *udp;
    struct path_probe *probe;
    struct buf out;
    struct addr from;
    bool has_from;
    unsigned long arrived; /* of the small ones: what the way loses is counted by these */
};

static void
answer_all(struct answerer *a)
{
    struct view datagram;
    struct udp_arrival how;
    uint64_t number;

    while (udp_receive(a->udp, &datagram, &how)) {
        if (path_probe_open(a->probe, datagram, &number) != SKUA_OK)
            continue;
        a->from = how.from;
        a->has_from = true;
        a->arrived += datagram.len <= PROBE_SMALL_BYTES;
        buf_clear(&a->out);
        if (path_probe_seal(a->probe, number, datagram.len, &a->out) == SKUA_OK)
            udp_send(a->udp, buf_view(&a->out), &how.from, &how.to, how.ecn);
    }
}

/* Until the doctor has asked enough. */
static void
serve(struct answerer *a)
{
    uint64_t deadline_ms = clock_now_ms() + PROBE_LIFE_MS, now_ms;
    struct pollfd p[] = { { .fd = STDIN_FILENO, .events = POLLIN },
                          { .fd = udp_fd(a->udp), .events = POLLIN } };

    while ((now_ms = clock_now_ms()) < deadline_ms) {
        int ready = poll(p, 2, (int)(deadline_ms - now_ms));
        if (ready < 0 && errno != EINTR)
            return;
        if (ready <= 0)
            continue;
        if (p[1].revents != 0)
            answer_all(a);
        if (p[0].revents != 0)
            return;
    }
}

static void
report(struct answerer *a, const struct fail *sandbox)
{
    char from[RESOLVE_TEXT_BYTES] = "";

    answer_all(a);
    if (a->has_from)
        resolve_text(&a->from, from);
    printf("SKUA FACT arrived %lu\n", a->arrived);
    printf("SKUA FACT from %s\n", from);
    printf("SKUA FACT sandbox %s\n", sandbox->text[0] == '\0' ? "on" : sandbox->text);
    printf("SKUA FACT version %s\n", SKUA_VERSION);
    printf("SKUA FACT end\n");
    fflush(stdout);
}

static enum skua_err
start(const struct server_options *o, struct answerer *a, struct fail *why)
{
    struct key key;
    struct fail notice = { 0 };
    char text[KEY_TEXT_CHARS + 1];

    enum skua_err err =
        udp_open_server(o->bind_address, o->port_low, o->port_high, &a->udp, &notice, why);
    if (err != SKUA_OK)
        return err;
    udp_forbid_fragments(a->udp);
    if (crypto_start() != SKUA_OK)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "libgcrypt is missing something or broken");
    if ((err = random_fill(key.bytes, sizeof key.bytes, why)) != SKUA_OK)
        return err;
    a->probe = path_probe_new(&key, true);
    key_text(&key, text);
    key_wipe(&key);
    if (a->probe == NULL)
        err = fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work");
    else
        err = announce(false, udp_port(a->udp), text, why);
    mem_wipe(text, sizeof text);
    return err;
}

int
probe_run(const struct server_options *o, struct fail *why)
{
    struct answerer a = { 0 };
    struct limits before;
    struct fail sandbox = { 0 };

    limits_harden(&before);
    buf_init(&a.out, PATH_PROBE_MAX_BYTES);
    enum skua_err err = start(o, &a, why);
    if (err == SKUA_OK) {
        sandbox_server(&sandbox);
        serve(&a);
        report(&a, &sandbox);
    }
    buf_fini(&a.out);
    path_probe_free(a.probe);
    udp_close(a.udp);
    return err == SKUA_OK ? 0 : 1;
}
