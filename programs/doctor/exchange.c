/* Asks and counts answers. Large ones are never cut into fragments: those that do not pass are lost. */
#include "exchange.h"

#include <poll.h>
#include <time.h>

#include "bootstrap/path_probe.h"
#include "net/crypto/crypto_start.h"
#include "rim/clock.h"
#include "rim/resolve.h"
#include "rim/udp.h"

#define GAP_MS        25   /* between small ones: far from any rate that a path would mind */
#define LAST_WAIT_MS  1500 /* for the last answers */
#define SIZE_WAIT_MS  400  /* for those of one size, or four round trips */
#define SIZE_WAIT_MAX 3000
#define SIZE_COPIES   3 /* one of them is to survive loss */
#define MTU_TOP       1500
#define MTU_STEP      4

struct asker {
    struct udp *udp;
    struct path_probe *probe;
    struct addr to;
    uint64_t next; /* number */
    uint64_t sent_us[PATH_PROBE_NUMBERS];
    struct exchange *result;
    double sum_ms;
    size_t header_bytes; /* IP and UDP */
    unsigned at_size;    /* answers since it was set to 0 */
    uint64_t from;       /* the first number that counts for at_size */
};

/* Finer than the clock of everything else: a round trip on a desk is a fraction of a millisecond. */
static uint64_t
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void
ask(struct asker *a, size_t bytes)
{
    struct buf out;

    if (a->next == PATH_PROBE_NUMBERS)
        return;
    buf_init(&out, PATH_PROBE_MAX_BYTES);
    a->sent_us[a->next] = now_us();
    if (path_probe_seal(a->probe, a->next, bytes, &out) == SKUA_OK) {
        enum udp_sent sent = udp_send(a->udp, buf_view(&out), &a->to, NULL, 0);
        if (sent == UDP_UNREACHABLE || sent == UDP_FAILED)
            a->result->send_error = udp_error(a->udp);
    }
    a->next++;
    buf_fini(&out);
}

static void
take_answers(struct asker *a)
{
    struct view datagram;
    struct udp_arrival how;
    uint64_t number;

    while (udp_receive(a->udp, &datagram, &how)) {
        if (path_probe_open(a->probe, datagram, &number) != SKUA_OK)
            continue;
        if (number >= a->from)
            a->at_size++;
        if (datagram.len > EXCHANGE_SMALL_BYTES)
            continue;
        double ms = (double)(now_us() - a->sent_us[number]) / 1000;
        a->result->back++;
        a->sum_ms += ms;
        if (a->result->best_ms == 0 || ms < a->result->best_ms)
            a->result->best_ms = ms;
    }
}

/* Take answers for so long, or until `enough` of the size came. */
static void
listen_for(struct asker *a, uint64_t wait_ms, unsigned enough)
{
    uint64_t deadline_ms = clock_now_ms() + wait_ms, now_ms;
    struct pollfd p = { .fd = udp_fd(a->udp), .events = POLLIN };

    while (a->at_size < enough && (now_ms = clock_now_ms()) < deadline_ms) {
        if (poll(&p, 1, (int)(deadline_ms - now_ms)) > 0)
            take_answers(a);
    }
}

static void
exchange_small(struct asker *a)
{
    for (unsigned i = 0; i < EXCHANGE_SMALL_COUNT; i++) {
        ask(a, EXCHANGE_SMALL_BYTES);
        listen_for(a, GAP_MS, EXCHANGE_SMALL_COUNT);
    }
    listen_for(a, LAST_WAIT_MS, EXCHANGE_SMALL_COUNT);
    a->result->sent = EXCHANGE_SMALL_COUNT;
    if (a->result->back != 0)
        a->result->mean_ms = a->sum_ms / a->result->back;
}

/* Whether packets of that size pass both ways. */
static bool
passes(struct asker *a, size_t mtu_bytes)
{
    uint64_t wait_ms = SIZE_WAIT_MS + (uint64_t)(4 * a->result->mean_ms);

    a->at_size = 0;
    a->from = a->next;
    for (int i = 0; i < SIZE_COPIES; i++)
        ask(a, mtu_bytes - a->header_bytes);
    listen_for(a, wait_ms < SIZE_WAIT_MAX ? wait_ms : SIZE_WAIT_MAX, 1);
    return a->at_size != 0;
}

static void
find_mtu(struct asker *a)
{
    size_t low = EXCHANGE_SMALL_BYTES + a->header_bytes, high = MTU_TOP;

    if (passes(a, MTU_TOP)) {
        a->result->mtu_bytes = MTU_TOP;
        a->result->is_capped = true;
        return;
    }
    while (high - low > MTU_STEP) {
        size_t middle = low + (high - low) / 2 / MTU_STEP * MTU_STEP;
        if (middle == low)
            break;
        if (passes(a, middle))
            low = middle;
        else
            high = middle;
    }
    a->result->mtu_bytes = low;
}

static enum skua_err
start(struct asker *a, const char *address, uint16_t port, const struct key *key, struct fail *why)
{
    if (crypto_start() != SKUA_OK)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "libgcrypt is missing something or broken");
    if (resolve_numeric(address, port, &a->to) != SKUA_OK)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "bad address %.80s", address);
    enum skua_err err = udp_open_client(&a->to, &a->udp, why);
    if (err != SKUA_OK)
        return err;
    udp_forbid_fragments(a->udp);
    a->probe = path_probe_new(key, false);
    return a->probe == NULL
               ? fail_set(why, SKUA_ERR_SYSTEM, 0, "the crypto library refuses to work")
               : SKUA_OK;
}

enum skua_err
exchange_run(const char *address, uint16_t port, const struct key *key, struct exchange *out,
             struct fail *why)
{
    struct asker a = { .result = out };

    *out = (struct exchange){ 0 };
    enum skua_err err = start(&a, address, port, key, why);
    if (err == SKUA_OK) {
        out->is_inet6 = resolve_family_of(&a.to) == RESOLVE_INET6;
        a.header_bytes = (out->is_inet6 ? 40 : 20) + 8;
        exchange_small(&a);
        if (out->back != 0)
            find_mtu(&a);
    }
    path_probe_free(a.probe);
    udp_close(a.udp);
    return err;
}
