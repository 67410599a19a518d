/* Changes of the network are noticed: in a namespace of our own, where the machine lets us have one. */
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include "rim/child.h"
#include "rim/net_watch.h"

#define LATE_MS 10000

static bool
run(const char *script)
{
    const char *argv[] = { "sh", "-c", script, NULL };
    struct child_plan plan = {
        .argv = argv, .in = CHILD_NULL, .out = CHILD_NULL, .err = CHILD_NULL
    };
    struct child *c;
    struct child_exit how = { .status = 1 };
    if (child_start(&plan, &c, NULL) != SKUA_OK)
        return false;
    child_wait(c, UINT64_MAX, &how);
    child_free(c);
    return how.status == 0;
}

static bool
is_ready(int fd, int wait_ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    return poll(&p, 1, wait_ms) == 1;
}

static void
test_quiet_until_a_change(void **state)
{
    (void)state;
    if (unshare(CLONE_NEWNET) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
        skip();
    int fd;
    assert_int_equal(net_watch_open(&fd, NULL), SKUA_OK);
    assert_false(net_watch_drain(fd));
    assert_false(is_ready(fd, 0));
    if (!run("ip link set lo up"))
        skip();
    assert_true(is_ready(fd, LATE_MS));
    assert_true(net_watch_drain(fd));
    assert_false(net_watch_drain(fd));
    assert_true(run("ip addr add 192.0.2.1/24 dev lo"));
    assert_true(is_ready(fd, LATE_MS));
    assert_true(net_watch_drain(fd));
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_quiet_until_a_change) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
