/* Lines to a log of our own, one that is full, one that is started anew, and none. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "rim/audit.h"

struct log {
    char folder[64];
    struct sockaddr_un address;
    int fd;
};

static void
listen_anew(struct log *l)
{
    l->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(l->fd, (struct sockaddr *)&l->address, sizeof l->address), 0);
}

static void
setup(struct log *l)
{
    snprintf(l->folder, sizeof l->folder, "/tmp/skua-audit-XXXXXX");
    assert_non_null(mkdtemp(l->folder));
    l->address.sun_family = AF_UNIX;
    snprintf(l->address.sun_path, sizeof l->address.sun_path, "%s/log", l->folder);
    listen_anew(l);
}

static void
stop(struct log *l)
{
    close(l->fd);
    unlink(l->address.sun_path);
}

/* The next line, or "". */
static const char *
next(struct log *l)
{
    static char line[2 * AUDIT_LINE_BYTES];
    ssize_t len = recv(l->fd, line, sizeof line - 1, 0);
    line[len > 0 ? len : 0] = '\0';
    return line;
}

static void
test_lines(void **state)
{
    (void)state;
    struct log l = { .fd = -1 };
    char wanted[AUDIT_LINE_BYTES];
    setup(&l);
    struct audit *a = audit_open("skua-server", l.address.sun_path);
    audit_linef(a, 5, "client at %s", "192.0.2.1\n\033[31m\377");
    snprintf(wanted, sizeof wanted, "<86>skua-server[%ld]: client at 192.0.2.1??[31m?",
             (long)getpid());
    assert_string_equal(next(&l), wanted);
    audit_linef(a, 5, "%0500d", 1);
    assert_int_equal(strlen(next(&l)), AUDIT_LINE_BYTES - 1);
    audit_close(a);
    stop(&l);
    rmdir(l.folder);
}

static void
test_so_many_a_minute(void **state)
{
    (void)state;
    struct log l = { .fd = -1 };
    int lines = 0;
    setup(&l);
    struct audit *a = audit_open("x", l.address.sun_path);
    for (int i = 0; i < 100; i++)
        audit_linef(a, 1000, "line");
    while (*next(&l) != '\0')
        lines++;
    assert_int_equal(lines, AUDIT_LINES_A_MINUTE);
    audit_linef(a, 61000, "line");
    assert_non_null(strstr(next(&l), ": (90 lines left out) line"));
    audit_close(a);
    stop(&l);
    rmdir(l.folder);
}

/* Neither a log that nobody reads nor one that is gone holds us up. */
static void
test_a_log_in_trouble(void **state)
{
    (void)state;
    struct log l = { .fd = -1 };
    setup(&l);
    struct audit *a = audit_open("x", l.address.sun_path);
    for (uint64_t now_ms = 0; now_ms < 10000; now_ms++)
        audit_linef(a, now_ms * 60000, "nobody reads this");
    stop(&l);
    audit_linef(a, UINT64_C(700000000), "nobody is there");
    listen_anew(&l);
    audit_linef(a, UINT64_C(800000000), "somebody is");
    assert_non_null(strstr(next(&l), "somebody is"));
    audit_close(a);
    audit_close(audit_open("x", "/no/such/socket"));
    stop(&l);
    rmdir(l.folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_so_many_a_minute),
        cmocka_unit_test(test_a_log_in_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
