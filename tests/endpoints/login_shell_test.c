/* The child's environment, directory and program, each on a pty of its own. */
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "endpoints/server/login_shell.h"
#include "rim/clock.h"
#include "rim/pty.h"

#define LATE_MS 10000

static char home[] = "/tmp/skua-home-XXXXXX";
static char shell_path[64]; /* a shell that tells about itself */
static struct limits limits;

static int
make_home(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(home));
    snprintf(shell_path, sizeof shell_path, "%s/mysh", home);
    FILE *f = fopen(shell_path, "w");
    assert_non_null(f);
    fputs("#!/bin/sh\necho \"ran $(tr '\\0' ' ' </proc/$$/cmdline)\"\n", f);
    fclose(f);
    chmod(shell_path, 0700);
    getrlimit(RLIMIT_CORE, &limits.core);
    getrlimit(RLIMIT_NOFILE, &limits.descriptors);
    return 0;
}

static int
remove_home(void **state)
{
    (void)state;
    char path[80];
    snprintf(path, sizeof path, "%s/.hushlogin", home);
    unlink(path);
    unlink(shell_path);
    rmdir(home);
    return 0;
}

static int
usual_environment(void **state)
{
    (void)state;
    setenv("HOME", home, 1);
    setenv("SHELL", shell_path, 1);
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("TERM", "foot", 1);
    unsetenv("COLORTERM");
    char path[80];
    snprintf(path, sizeof path, "%s/.hushlogin", home);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

struct run {
    int status;
    char seen[16384];
};

/* Run it to its end; "Enter" is pressed when a failure is shown, so that nobody waits for it. */
static void
run_shell(char *const *command, int colors, uint8_t word, struct run *out)
{
    static const struct tty_window window = { .cols = 500, .rows = 24 };
    struct pty *p;
    assert_int_equal(pty_open(&window, &p, NULL), SKUA_OK);
    struct login_shell s = { .command = command,
                             .colors = colors,
                             .server = 4321,
                             .terminal = pty_path(p),
                             .limits = &limits };
    assert_int_equal(pty_fork(p, login_shell_run, &s, NULL), SKUA_OK);
    pty_release(p, word);
    size_t len = 0;
    ssize_t got = 0;
    bool is_told = false;
    uint64_t deadline = clock_now_ms() + LATE_MS;
    out->seen[0] = '\0';
    while (got >= 0 && clock_now_ms() < deadline) {
        struct pollfd ready = { .fd = pty_fd(p), .events = POLLIN };
        /* What was typed ahead is flushed by the child: press until it takes notice. */
        poll(&ready, 1, is_told ? 10 : LATE_MS);
        got = pty_read(p, out->seen + len, sizeof out->seen - 1 - len);
        len += got > 0 ? (size_t)got : 0;
        out->seen[len] = '\0';
        is_told = is_told || strstr(out->seen, "cannot run") != NULL;
        if (is_told)
            pty_write(p, view_of_text("\n"));
    }
    struct pty_exit how = { .status = -1 };
    while (!pty_reap(p, &how) && clock_now_ms() < deadline)
        poll(NULL, 0, 1);
    out->status = how.status;
    pty_close(p);
}

static void
test_environment_of_a_command(void **state)
{
    (void)state;
    setenv("STY", "x", 1);
    setenv("TMUX", "x", 1);
    setenv("SSH_TTY", "x", 1);
    setenv("MOSH_KEY", "x", 1);
    setenv("SSH_CONNECTION", "a b c d", 1);
    char *command[] = { strdup("sh"), strdup("-c"), strdup("env; pwd; exit 5"), NULL };
    struct run r;
    run_shell(command, 256, 0, &r);
    assert_int_equal(r.status, 5);
    char expected[128];
    snprintf(expected, sizeof expected, "PWD=%s\r\n", home);
    assert_non_null(strstr(r.seen, expected));
    snprintf(expected, sizeof expected, "\r\n%s\r\n", home);
    assert_non_null(strstr(r.seen, expected));
    assert_non_null(strstr(r.seen, "TERM=xterm-256color\r\n"));
    assert_non_null(strstr(r.seen, "NCURSES_NO_UTF8_ACS=1\r\n"));
    assert_non_null(strstr(r.seen, "SKUA_SERVER_PID=4321\r\n"));
    assert_non_null(strstr(r.seen, "SSH_CONNECTION=a b c d\r\n"));
    static const char *const gone[] = { "STY=", "TMUX=", "SSH_TTY=", "MOSH_KEY=", "COLORTERM=" };
    for (size_t i = 0; i < 5; i++)
        assert_null(strstr(r.seen, gone[i]));
    for (size_t i = 0; i < 3; i++)
        free(command[i]);
}

static void
test_colors(void **state)
{
    (void)state;
    char *command[] = { strdup("sh"), strdup("-c"), strdup("echo $TERM,$COLORTERM."), NULL };
    struct run r;
    run_shell(command, 255, LOGIN_SHELL_TRUECOLOR, &r);
    assert_string_equal(r.seen, "xterm,truecolor.\r\n");
    for (size_t i = 0; i < 3; i++)
        free(command[i]);
}

static void
test_login_shell_is_one(void **state)
{
    (void)state;
    struct run r;
    run_shell(NULL, 256, 0, &r);
    /* The kernel puts the script's interpreter in front; what we gave is lost to it, not to a binary. */
    assert_non_null(strstr(r.seen, "ran /bin/sh "));
    setenv("SHELL", "/usr/bin/printenv", 1); /* prints the environment, unless argv has more */
    run_shell(NULL, 256, 0, &r);
    assert_int_equal(r.status, 0);
    assert_non_null(strstr(r.seen, "SHELL=/usr/bin/printenv\r\n"));
}

/* Ask bash, which shows its own argv[0]; the test is left out where there is none. */
static void
test_login_shell_begins_with_a_hyphen(void **state)
{
    (void)state;
    if (access("/bin/bash", X_OK) < 0)
        skip();
    setenv("SHELL", "/bin/bash", 1);
    char path[80];
    snprintf(path, sizeof path, "%s/.bash_profile", home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("echo \"argv0=$0\"; exit 6\n", f);
    fclose(f);
    struct run r;
    run_shell(NULL, 256, 0, &r);
    unlink(path);
    assert_int_equal(r.status, 6);
    assert_non_null(strstr(r.seen, "argv0=-bash\r\n"));
}

static void
test_programs_that_cannot_run(void **state)
{
    (void)state;
    struct run r;
    char *missing[] = { strdup("no-such-program"), NULL };
    run_shell(missing, 256, 0, &r);
    assert_int_equal(r.status, LOGIN_SHELL_NOT_FOUND);
    assert_non_null(strstr(r.seen, "skua: cannot run no-such-program: No such file or directory"));
    free(missing[0]);

    static const struct {
        const char *shell;
        int status;
    } cases[] = { { "/nonexistent/shell", LOGIN_SHELL_NOT_FOUND },
                  { "/etc/passwd", LOGIN_SHELL_CANNOT },
                  { "/tmp", LOGIN_SHELL_CANNOT } };
    for (size_t i = 0; i < 3; i++) {
        setenv("SHELL", cases[i].shell, 1);
        run_shell(NULL, 256, 0, &r);
        assert_int_equal(r.status, cases[i].status);
        assert_non_null(strstr(r.seen, cases[i].shell));
    }
}

static void
test_home_out_of_reach(void **state)
{
    (void)state;
    setenv("HOME", "/nonexistent/home", 1);
    char *command[] = { strdup("sh"), strdup("-c"), strdup("pwd; echo $PWD."), NULL };
    struct run r;
    run_shell(command, 256, 0, &r);
    assert_non_null(strstr(r.seen, "no home directory /nonexistent/home: No such file"));
    assert_non_null(strstr(r.seen, "\r\n/\r\n/.\r\n"));

    const struct passwd *p = getpwuid(getuid());
    if (p != NULL && access(p->pw_dir, X_OK) == 0) {
        setenv("HOME", "relative", 1); /* ignored: the password database knows */
        run_shell(command, 256, 0, &r);
        char expected[256];
        snprintf(expected, sizeof expected, "%s.\r\n", p->pw_dir);
        assert_non_null(strstr(r.seen, expected));
    }
    for (size_t i = 0; i < 3; i++)
        free(command[i]);
}

static void
test_hushlogin_and_motd(void **state)
{
    (void)state;
    struct run quiet, loud;
    run_shell(NULL, 256, 0, &quiet);
    char path[80];
    snprintf(path, sizeof path, "%s/.hushlogin", home);
    unlink(path);
    run_shell(NULL, 256, 0, &loud);
    assert_memory_equal(quiet.seen, "ran ", 4);
    char line[256] = "";
    FILE *f = fopen("/etc/motd", "r");
    while (f != NULL && strlen(line) < 5 && fgets(line, sizeof line, f) != NULL)
        line[strcspn(line, "\n")] = '\0';
    if (f != NULL)
        fclose(f);
    assert_non_null(strstr(loud.seen, line));
    assert_non_null(strstr(loud.seen, "ran "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_environment_of_a_command, usual_environment),
        cmocka_unit_test_setup(test_colors, usual_environment),
        cmocka_unit_test_setup(test_login_shell_is_one, usual_environment),
        cmocka_unit_test_setup(test_login_shell_begins_with_a_hyphen, usual_environment),
        cmocka_unit_test_setup(test_programs_that_cannot_run, usual_environment),
        cmocka_unit_test_setup(test_home_out_of_reach, usual_environment),
        cmocka_unit_test_setup(test_hushlogin_and_motd, usual_environment),
    };
    return cmocka_run_group_tests(tests, make_home, remove_home);
}
