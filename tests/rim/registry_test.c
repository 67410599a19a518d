/* Entries of other processes, alive and gone, and folders that are not to be trusted. */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/registry.h"

static char home[64];

static int
make_home(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/skua-registry-XXXXXX");
    assert_non_null(mkdtemp(home));
    return setenv("HOME", home, 1);
}

static int
remove_home(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", home);
    return system(command);
}

struct other {
    pid_t pid;
    int orders; /* a byte: leave; its end: go on for ever */
};

/* Another process with an entry; it is there when this returns. */
static struct other
start_other(const char *text)
{
    int ready[2], orders[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(orders), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct registry *r;
        close(orders[1]);
        if (registry_enter(&r, NULL) != SKUA_OK)
            _exit(1);
        registry_write(r, view_of_text("a text that is longer than the one that follows it"));
        registry_write(r, view_of_text(text));
        (void)!write(ready[1], "x", 1);
        (void)!read(orders[0], &byte, 1);
        registry_leave(r);
        _exit(0);
    }
    close(ready[1]);
    close(orders[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return (struct other){ .pid = pid, .orders = orders[1] };
}

struct seen {
    size_t count;
    struct registry_entry last;
};

static void
see(void *context, const struct registry_entry *entry)
{
    struct seen *s = context;
    s->count++;
    s->last = *entry;
}

static struct seen
look(void)
{
    struct seen s = { 0 };
    registry_visit(see, &s);
    return s;
}

static size_t
files(void)
{
    char command[160];
    snprintf(command, sizeof command, "find %s -type f | wc -l", home);
    FILE *out = popen(command, "r");
    int count = -1;
    assert_non_null(out);
    assert_int_equal(fscanf(out, "%d", &count), 1);
    pclose(out);
    return (size_t)count;
}

static void
test_who_looks_makes_nothing(void **state)
{
    (void)state;
    assert_int_equal(look().count, 0);
    assert_false(registry_has("0123456789abcdef0123456789abcdef"));
    assert_int_equal(rmdir(home), 0);
    assert_int_equal(mkdir(home, 0700), 0);
}

static void
test_there_and_gone(void **state)
{
    (void)state;
    assert_int_equal(look().count, 0);
    struct other other = start_other("hello");
    struct seen s = look();
    assert_int_equal(s.count, 1);
    assert_int_equal(s.last.pid, other.pid);
    assert_int_equal(s.last.len, 5);
    assert_memory_equal(s.last.text, "hello", 5);
    assert_true(registry_has(s.last.id));
    assert_int_equal(write(other.orders, "x", 1), 1);
    waitpid(other.pid, NULL, 0);
    close(other.orders);
    assert_false(registry_has(s.last.id));
    assert_int_equal(look().count, 0);
    assert_int_equal(files(), 0);
}

static void
test_killed(void **state)
{
    (void)state;
    char command[160];
    struct other other = start_other("hello");
    kill(other.pid, SIGKILL);
    waitpid(other.pid, NULL, 0);
    close(other.orders);
    assert_int_equal(look().count, 0);
    assert_int_equal(files(), 1); /* it may be one that is just being made */
    snprintf(command, sizeof command, "find %s -type f -exec touch -d '1 minute ago' {} +", home);
    assert_int_equal(system(command), 0);
    assert_int_equal(look().count, 0);
    assert_int_equal(files(), 0);
}

static void
test_others_files_are_passed_over(void **state)
{
    (void)state;
    char command[512];
    struct other other = start_other("hello");
    snprintf(command, sizeof command,
             "cd %s/.local/state/skua/run/* && mkfifo 0123456789abcdef0123456789abcdef && "
             "ln -s /etc/passwd 1123456789abcdef0123456789abcdef && "
             "mkdir 2123456789abcdef0123456789abcdef && touch notes",
             home);
    assert_int_equal(system(command), 0);
    assert_int_equal(look().count, 1);
    assert_false(registry_has("0123456789abcdef0123456789abcdef"));
    assert_false(registry_has("../../../../../etc/passwd"));
    kill(other.pid, SIGKILL);
    waitpid(other.pid, NULL, 0);
    close(other.orders);
}

static void
assert_refused(void)
{
    struct registry *r;
    struct fail why;
    assert_int_equal(registry_enter(&r, &why), SKUA_ERR_SYSTEM);
    assert_null(r);
    assert_true(why.text[0] != '\0');
    registry_write(r, view_of_text("nothing"));
    registry_leave(r);
}

static void
test_folders_of_others(void **state)
{
    (void)state;
    char path[128], other[128];
    snprintf(path, sizeof path, "%s/.local/state/skua", home);
    snprintf(other, sizeof other, "%s/elsewhere", home);
    char command[200];
    snprintf(command, sizeof command, "mkdir -p %s", path);
    assert_int_equal(system(command), 0);
    assert_int_equal(chmod(path, 0777), 0);
    assert_refused();
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkdir(other, 0700), 0);
    assert_int_equal(symlink(other, path), 0);
    assert_refused();
    assert_int_equal(unlink(path), 0);
    setenv("HOME", "/no/such", 1);
    assert_refused();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_looks_makes_nothing, make_home, remove_home),
        cmocka_unit_test_setup_teardown(test_there_and_gone, make_home, remove_home),
        cmocka_unit_test_setup_teardown(test_killed, make_home, remove_home),
        cmocka_unit_test_setup_teardown(test_others_files_are_passed_over, make_home, remove_home),
        cmocka_unit_test_setup_teardown(test_folders_of_others, make_home, remove_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
