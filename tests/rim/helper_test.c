/* A helper hears lines, and the end. */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/helper.h"

static void
report(void *context, const char *line)
{
    dprintf(*(int *)context, "[%s]", line != NULL ? line : "end");
}

/* Everything that the helper wrote until nobody holds the pipe any more. */
static void
read_all(int fd, char *seen, size_t room)
{
    size_t len = 0;
    ssize_t got;
    while ((got = read(fd, seen + len, room - 1 - len)) > 0)
        len += (size_t)got;
    seen[len] = '\0';
}

static void
test_lines_then_end(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    struct helper *h;
    assert_int_equal(helper_start(report, &ends[1], ends[1], &h, NULL), SKUA_OK);
    close(ends[1]);
    char too_long[HELPER_LINE_BYTES + 1], longest[HELPER_LINE_BYTES];
    memset(too_long, 'x', sizeof too_long);
    too_long[HELPER_LINE_BYTES] = '\0';
    memset(longest, 'y', sizeof longest);
    longest[HELPER_LINE_BYTES - 2] = '\0';
    helper_tell(h, "one");
    helper_tell(h, "");
    helper_tell(h, too_long);
    helper_tell(h, longest);
    helper_stop(h);
    char seen[1024], expected[1024];
    read_all(ends[0], seen, sizeof seen);
    snprintf(expected, sizeof expected, "[one][][%s][end]", longest);
    assert_string_equal(seen, expected);
    close(ends[0]);
}

static void
test_end_of_a_killed_owner(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t owner = fork();
    if (owner == 0) {
        struct helper *h;
        helper_start(report, &ends[1], ends[1], &h, NULL);
        helper_tell(h, "here");
        raise(SIGKILL);
    }
    close(ends[1]);
    waitpid(owner, NULL, 0);
    char seen[64];
    read_all(ends[0], seen, sizeof seen);
    assert_string_equal(seen, "[here][end]");
    close(ends[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_then_end),
        cmocka_unit_test(test_end_of_a_killed_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
