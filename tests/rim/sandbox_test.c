/* What is left to a process once it is confined. Each case in a child of its own. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "rim/loop.h"
#include "rim/random.h"
#include "rim/sandbox.h"

typedef enum skua_err sandbox_fn(struct fail *why);

/* Confine a child, run it, and give its wait status. */
static int
run_confined(sandbox_fn *sandbox, int (*run)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        struct fail why = { 0 };
        setpgid(0, 0); /* what is sent to the group goes to this child alone */
        if (sandbox(&why) != SKUA_OK) {
            fprintf(stderr, "%s\n", why.text);
            _exit(255);
        }
        _exit(run());
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void
assert_works(sandbox_fn *sandbox, int (*run)(void))
{
    int status = run_confined(sandbox, run);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void
assert_kills(sandbox_fn *sandbox, int (*run)(void))
{
    int status = run_confined(sandbox, run);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSYS);
}

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return __LINE__ & 0xff;                                                                \
    } while (0)

static int
execute(void)
{
    char *const words[] = { (char[]){ "/bin/true" }, NULL };
    execv(words[0], words);
    return 1;
}

static int
trace(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    return 1;
}

static int
open_to_write(void)
{
    open("/dev/null", O_WRONLY | O_CLOEXEC);
    return 1;
}

static int
make_ring(void)
{
    syscall(SYS_io_uring_setup, 1, NULL);
    return 1;
}

static int
read_another(void)
{
    syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
    return 1;
}

static void
test_dangerous_calls_end_the_process(void **state)
{
    (void)state;
    int (*const dangerous[])(void) = { execute, trace, open_to_write, make_ring, read_another };
    for (size_t i = 0; i < sizeof dangerous / sizeof dangerous[0]; i++) {
        assert_kills(sandbox_client, dangerous[i]);
        assert_kills(sandbox_server, dangerous[i]);
    }
}

static int
hold_no_executable_memory(void)
{
    int protection = PROT_READ | PROT_WRITE;
    void *page = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    CHECK(mprotect(page, 4096, PROT_READ | PROT_EXEC) < 0 && errno == EPERM);
    protection |= PROT_EXEC;
    CHECK(mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
    CHECK(errno == EPERM);
    return 0;
}

static void
test_memory_is_not_executable(void **state)
{
    (void)state;
    assert_works(sandbox_client, hold_no_executable_memory);
    assert_works(sandbox_server, hold_no_executable_memory);
}

static int
be_a_client(void)
{
    struct stat info;
    CHECK(open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 && errno == EPERM);
    CHECK(stat("/etc/passwd", &info) < 0 && errno == EPERM);
    CHECK(fstat(0, &info) == 0);
    CHECK(fork() < 0 && errno == EPERM);
    CHECK(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0 && errno == EPERM);
    CHECK(socket(AF_INET6, SOCK_RAW, 0) < 0 && errno == EPERM);
    CHECK(socket(AF_UNIX, SOCK_DGRAM, 0) < 0 && errno == EPERM);
    CHECK(ioctl(0, TIOCSTI, "x") < 0 && errno == EPERM);
    return 0;
}

/* Made before, as a client makes it. */
static struct loop *loop;

/* A port hop, one turn of the loop, random bytes for a skip. */
static int
go_on_as_a_client(void)
{
    uint8_t random[8];
    int any = 1;
    struct loop_watch *watch;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
    CHECK(fd >= 0);
    CHECK(setsockopt(fd, IPPROTO_IP, IP_RECVTOS, &any, sizeof any) == 0);
    CHECK(loop_add(loop, fd, LOOP_READ, &watch, NULL) == SKUA_OK);
    loop_wait(loop, 0);
    loop_remove(watch);
    close(fd);
    CHECK(random_fill(random, sizeof random, NULL) == SKUA_OK);
    return 0;
}

static void
test_a_client_has_its_sockets_and_nothing_else(void **state)
{
    (void)state;
    assert_works(sandbox_client, be_a_client);
    assert_int_equal(loop_new(&loop, NULL), SKUA_OK);
    assert_works(sandbox_client, go_on_as_a_client);
    loop_free(loop);
}

static int terminal = -1;

static int
use_the_terminal(void)
{
    struct termios settings;
    struct winsize size;
    CHECK(tcgetattr(terminal, &settings) == 0);
    cfmakeraw(&settings);
    CHECK(tcsetattr(terminal, TCSANOW, &settings) == 0);
    CHECK(tcsetattr(terminal, TCSADRAIN, &settings) == 0);
    CHECK(ioctl(terminal, TIOCGWINSZ, &size) == 0);
    CHECK(write(terminal, "x", 1) == 1);
    return 0;
}

static void
test_a_client_has_its_terminal(void **state)
{
    (void)state;
    int master;
    assert_int_equal(openpty(&master, &terminal, NULL, NULL, NULL), 0);
    assert_works(sandbox_client, use_the_terminal);
    close(master);
    close(terminal);
}

static int
be_a_server(void)
{
    int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    close(fd);
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    CHECK(pid > 0 && waitpid(pid, NULL, 0) == pid);
    return 0;
}

static void
test_a_server_keeps_what_is_harmless(void **state)
{
    (void)state;
    assert_works(sandbox_server, be_a_server);
}

static int
stop_and_die(void)
{
    signal(SIGUSR1, SIG_IGN);
    CHECK(kill(0, SIGUSR1) == 0);
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void
test_signals_reach_us(void **state)
{
    (void)state;
    int status = run_confined(sandbox_client, stop_and_die);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dangerous_calls_end_the_process),
        cmocka_unit_test(test_memory_is_not_executable),
        cmocka_unit_test(test_a_client_has_its_sockets_and_nothing_else),
        cmocka_unit_test(test_a_client_has_its_terminal),
        cmocka_unit_test(test_a_server_keeps_what_is_harmless),
        cmocka_unit_test(test_signals_reach_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
