/* Asks ssh before it is run: its configuration decides how the address of the host can be learnt. */
#include "ssh_query.h"

#include "base/buf.h"
#include "capture.h"
#include "rim/clock.h"

/* Neither question needs the network, but for CanonicalizeHostname. */
#define ANSWER_MS        5000
#define ANSWER_MAX_BYTES 262144

/* Run head, then the words. Returns whether it ended well. */
static bool
ask(const struct args *head, const char *const *words, struct buf *answer)
{
    struct args a = *head;
    struct capture c;
    struct child_exit how = { 0 };

    for (; *words != NULL; words++)
        args_add(&a, *words);
    if (a.overflow || capture_start(a.word, false, &c, NULL) != SKUA_OK)
        return false;
    bool ended = capture_read(&c, clock_now_ms() + ANSWER_MS, answer, &how);
    capture_end(&c);
    return ended && how.status == 0;
}

struct ssh_config
ssh_query_config(const struct args *head, const char *host)
{
    const char *const words[] = { "-G", host, NULL };
    struct ssh_config config = { 0 };
    struct buf answer;

    buf_init(&answer, ANSWER_MAX_BYTES);
    if (ask(head, words, &answer))
        config = ssh_config_parse(buf_view(&answer));
    buf_fini(&answer);
    return config;
}

bool
ssh_query_has_master(const struct args *head, const char *host)
{
    const char *const words[] = { "-O", "check", host, NULL };
    struct buf answer;

    buf_init(&answer, ANSWER_MAX_BYTES);
    bool has = ask(head, words, &answer);
    buf_fini(&answer);
    return has;
}
