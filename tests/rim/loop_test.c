/* Deadlines and descriptors. */
#include "test.h"

#include <fcntl.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/loop.h"

/* Long enough that reaching it means that a wakeup was missed. */
#define LATE_MS 10000

struct fixture {
    struct loop *loop;
    int pipe[2];
    struct loop_watch *reader, *writer;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_int_equal(loop_new(&f->loop, NULL), SKUA_OK);
    assert_int_equal(pipe2(f->pipe, O_CLOEXEC), 0);
    assert_int_equal(loop_add(f->loop, f->pipe[0], LOOP_READ, &f->reader, NULL), SKUA_OK);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    loop_free(f->loop);
    close(f->pipe[0]);
    close(f->pipe[1]);
    free(f);
    return 0;
}

static void
test_wakes_at_the_deadline(void **state)
{
    struct fixture *f = *state;
    uint64_t deadline = clock_now_ms() + 30;
    assert_false(loop_wait(f->loop, deadline));
    assert_true(clock_now_ms() >= deadline);
    assert_int_equal(loop_ready(f->reader), 0);
    /* And again: the timer is not stuck in its first firing. */
    deadline = clock_now_ms() + 30;
    assert_false(loop_wait(f->loop, deadline));
    assert_true(clock_now_ms() >= deadline);
}

static void
test_past_deadline_polls(void **state)
{
    struct fixture *f = *state;
    assert_false(loop_wait(f->loop, 0));
    assert_int_equal(write(f->pipe[1], "x", 1), 1);
    assert_true(loop_wait(f->loop, 0));
    assert_int_equal(loop_ready(f->reader), LOOP_READ);
}

static void
test_ready_until_read(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(write(f->pipe[1], "x", 1), 1);
    for (int i = 0; i < 2; i++) {
        assert_true(loop_wait(f->loop, clock_now_ms() + LATE_MS));
        assert_int_equal(loop_ready(f->reader), LOOP_READ);
    }
    char byte;
    assert_int_equal(read(f->pipe[0], &byte, 1), 1);
    assert_false(loop_wait(f->loop, clock_now_ms()));
    assert_int_equal(loop_ready(f->reader), 0);
}

static void
test_interest_changes(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(write(f->pipe[1], "x", 1), 1);
    loop_want(f->reader, 0);
    assert_false(loop_wait(f->loop, clock_now_ms()));
    loop_want(f->reader, LOOP_READ);
    assert_true(loop_wait(f->loop, clock_now_ms() + LATE_MS));

    assert_int_equal(loop_add(f->loop, f->pipe[1], 0, &f->writer, NULL), SKUA_OK);
    assert_true(loop_wait(f->loop, clock_now_ms()));
    assert_int_equal(loop_ready(f->writer), 0);
    loop_want(f->writer, LOOP_WRITE);
    assert_true(loop_wait(f->loop, clock_now_ms()));
    assert_int_equal(loop_ready(f->writer), LOOP_WRITE);
    assert_int_equal(loop_ready(f->reader), LOOP_READ);
}

static void
test_hangup_is_reported(void **state)
{
    struct fixture *f = *state;
    close(f->pipe[1]);
    f->pipe[1] = -1;
    for (int i = 0; i < 2; i++) {
        assert_true(loop_wait(f->loop, clock_now_ms() + LATE_MS));
        assert_int_equal(loop_ready(f->reader), LOOP_READ);
    }
    char byte;
    assert_int_equal(read(f->pipe[0], &byte, 1), 0);
}

static void
test_error_is_reported(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(loop_add(f->loop, f->pipe[1], LOOP_WRITE, &f->writer, NULL), SKUA_OK);
    loop_remove(f->reader);
    close(f->pipe[0]);
    f->pipe[0] = -1;
    for (int i = 0; i < 2; i++) {
        assert_true(loop_wait(f->loop, clock_now_ms() + LATE_MS));
        assert_int_equal(loop_ready(f->writer), LOOP_WRITE);
    }
}

static void
test_removed_descriptor_may_come_back(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(write(f->pipe[1], "x", 1), 1);
    loop_remove(f->reader);
    /* The watch that is being tidied away is no reason to return early. */
    uint64_t deadline = clock_now_ms() + 20;
    assert_false(loop_wait(f->loop, deadline));
    assert_true(clock_now_ms() >= deadline);
    assert_int_equal(loop_add(f->loop, f->pipe[0], LOOP_READ, &f->reader, NULL), SKUA_OK);
    assert_true(loop_wait(f->loop, clock_now_ms() + LATE_MS));
}

static void
test_refuses_what_cannot_be_watched(void **state)
{
    struct fixture *f = *state;
    struct loop_watch *watch = NULL;
    struct fail why = { 0 };
    assert_int_equal(loop_add(f->loop, f->pipe[0], LOOP_READ, &watch, &why), SKUA_ERR_SYSTEM);
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    assert_int_equal(loop_add(f->loop, file, LOOP_READ, &watch, &why), SKUA_ERR_SYSTEM);
    assert_true(why.text[0] != '\0');
    close(file);
    assert_null(watch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_wakes_at_the_deadline, setup, teardown),
        cmocka_unit_test_setup_teardown(test_past_deadline_polls, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ready_until_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_interest_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hangup_is_reported, setup, teardown),
        cmocka_unit_test_setup_teardown(test_error_is_reported, setup, teardown),
        cmocka_unit_test_setup_teardown(test_removed_descriptor_may_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refuses_what_cannot_be_watched, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
