/* What a process starts with and may do: descriptors, limits. Each in a child of its own. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/descriptors.h"
#include "rim/limits.h"

/* Run in a child; 0 is success, else the number of the line that failed. */
static void
check_in_child(int (*run)(void))
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(run());
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return __LINE__ & 0xff;                                                                \
    } while (0)

static bool
is_null_device(int fd)
{
    struct stat a, b;
    return fstat(fd, &a) == 0 && stat("/dev/null", &b) == 0 && a.st_rdev == b.st_rdev;
}

static int
fill(void)
{
    close(0);
    close(2);
    descriptors_fill_standard();
    CHECK(is_null_device(0) && is_null_device(2) && !is_null_device(1));
    int next = open("/dev/null", O_RDONLY | O_CLOEXEC);
    CHECK(next > 2);
    return 0;
}

static int
replace_and_close(void)
{
    int low = dup2(1, 10), high = dup2(1, 20);
    CHECK(low == 10 && high == 20);
    descriptors_close_from(15);
    CHECK(fcntl(10, F_GETFD) == 0 && fcntl(20, F_GETFD) == -1 && errno == EBADF);
    descriptors_null_standard();
    CHECK(is_null_device(0) && is_null_device(1) && is_null_device(2));
    return 0;
}

static int
limits(void)
{
    struct rlimit core = { .rlim_cur = 4096, .rlim_max = 8192 }, now;
    struct rlimit files = { .rlim_cur = 2000, .rlim_max = 2000 };
    CHECK(setrlimit(RLIMIT_CORE, &core) == 0 && setrlimit(RLIMIT_NOFILE, &files) == 0);
    struct limits before;
    limits_harden(&before);
    getrlimit(RLIMIT_CORE, &now);
    CHECK(now.rlim_cur == 0 && now.rlim_max == 8192);
    CHECK(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
    limits_descriptors();
    getrlimit(RLIMIT_NOFILE, &now);
    CHECK(now.rlim_cur == LIMITS_DESCRIPTORS && now.rlim_max == 2000);
    limits_restore(&before);
    getrlimit(RLIMIT_CORE, &now);
    CHECK(now.rlim_cur == 4096);
    getrlimit(RLIMIT_NOFILE, &now);
    CHECK(now.rlim_cur == 2000);
    return 0;
}

static void
test_standard_descriptors(void **state)
{
    (void)state;
    check_in_child(fill);
    check_in_child(replace_and_close);
}

static void
test_limits(void **state)
{
    (void)state;
    check_in_child(limits);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_standard_descriptors),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
