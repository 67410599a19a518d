/* Which records count as a session without a client. */
#include "test.h"

#include <unistd.h>
#include <utmpx.h>

#include "rim/logins.h"

static void
put(short type, const char *id, const char *user, const char *line, const char *host)
{
    struct utmpx u = { .ut_type = type };
    memcpy(u.ut_id, id, strlen(id));
    memcpy(u.ut_user, user, strlen(user));
    memcpy(u.ut_line, line, strlen(line));
    memcpy(u.ut_host, host, strlen(host));
    assert_non_null(pututxline(&u));
}

static void
test_only_unattached_sessions(void **state)
{
    (void)state;
    char path[] = "/tmp/skua-logins-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    utmpxname(path);
    setutxent();
    put(USER_PROCESS, "a", "ann", "null", "mosh [12]");
    put(USER_PROCESS, "b", "ann", "zero", "skua [13]");
    put(USER_PROCESS, "c", "ann", "tty", "192.0.2.1 via mosh [14]"); /* somebody is attached */
    put(USER_PROCESS, "d", "ann", "full", "mosh [15");               /* no such host text */
    put(USER_PROCESS, "e", "bob", "random", "mosh [16]");
    put(DEAD_PROCESS, "f", "ann", "urandom", "mosh [17]");
    put(USER_PROCESS, "g", "ann", "no-such-tty", "mosh [18]");
    put(USER_PROCESS, "h", "ann", "ptmx", "mosh [19]"); /* our own */
    endutxent();
    struct login found[LOGINS_MAX];
    assert_int_equal(logins_unattached("ann", "/dev/ptmx", found), 2);
    assert_string_equal(found[0].line, "null");
    assert_string_equal(found[0].host, "mosh [12]");
    assert_string_equal(found[1].line, "zero");
    assert_string_equal(found[1].host, "skua [13]");
    close(fd);
    unlink(path);
    assert_int_equal(logins_unattached("ann", "/dev/ptmx", found), 0); /* no utmp at all */
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_only_unattached_sessions) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
