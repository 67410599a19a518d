/*
 * What a hostile server may put into a diff, in either dialect: memory and work stay bounded, nothing is
 * answered, the screen keeps its invariants, and what is painted of it on the user's terminal is of the
 * painter's alphabet. docs/TERMINAL.md, "Safety".
 *
 * Allocations are counted (the linker puts ours in between).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "allocations.h"
#include "fuzz/screen_check.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"
#include "tests/lint/lint.h"

#define MIB         ((size_t)1024 * 1024)
#define CHUNK_BYTES 65536
#define ROWS        24
#define COLS        80

static const enum emulator_role roles[] = { EMULATOR_HOST_STOCK, EMULATOR_HOST_SKUA };

static void
feed(struct emulator *e, const char *text)
{
    emulator_feed(e, view_of_text(text), 0);
}

/* The screen is in order; painted from nothing and from blank, a terminal gets only what it should. */
static void
expect_clean(struct emulator *e, enum emulator_role role)
{
    struct caps all = caps_xterm;
    all.can |= CAPS_CAN_LINKS | CAPS_CAN_NOTIFY | CAPS_CAN_PROGRESS | CAPS_CAN_CLIPBOARD;
    struct screen *s = emulator_snapshot(e, 0), *shown = screen_project(s, &all);
    struct screen *blank = screen_new(s->rows, s->cols);
    screen_check(s, role != EMULATOR_HOST_STOCK);
    assert_int_equal(emulator_replies(e)->len, 0);
    struct screen *const before[] = { NULL, blank };
    for (size_t i = 0; i < 2; i++) {
        struct buf out;
        buf_init(&out, 16 * MIB);
        paint(before[i], shown, &all, &out);
        const char *wrong = lint_outer(buf_view(&out), &all);
        if (wrong != NULL)
            fail_msg("role %d: %s", (int)role, wrong);
        buf_fini(&out);
    }
    screen_unref(blank);
    screen_unref(shown);
    screen_unref(s);
}

/* Counts and parameters without measure. */
static void
test_counts(void **state)
{
    (void)state;
    static const char finals[] = "@ABCDEFGHIJKLMPSTXZ`abdefgjkr";
    char text[64];
    for (size_t i = 0; i < 2; i++) {
        struct emulator *e = emulator_new(roles[i], screen_new(ROWS, COLS));
        feed(e, "text");
        for (const char *final = finals; *final != 0; final++) {
            size_t before = allocations_count();
            snprintf(text, sizeof text, "\033[2147483647%c\033[65535%c", *final, *final);
            for (int times = 0; times < 100; times++)
                feed(e, text);
            assert_true(allocations_count() - before <= 200 * (2 * ROWS + 8));
        }
        feed(e, "\033[");
        for (size_t times = 0; times < MIB; times++)
            feed(e, "1;");
        feed(e, "m");
        expect_clean(e, roles[i]);
        emulator_free(e);
    }
}

/* Strings that do not end: what is kept has a bound, and what ends them ends them. */
static void
test_endless_strings(void **state)
{
    (void)state;
    static const char *const starts[] = { "\033]0;", "\033]52;c;", "\033]8;;http://",
                                          "\033P+q", "\033_G",     "\033]777;notify;" };
    static uint8_t chunk[CHUNK_BYTES];
    memset(chunk, 'A', sizeof chunk);
    for (size_t i = 0; i < 2; i++) {
        struct emulator *e = emulator_new(roles[i], screen_new(ROWS, COLS));
        size_t before = allocations_live_bytes();
        for (size_t j = 0; j < sizeof starts / sizeof starts[0]; j++) {
            feed(e, starts[j]);
            for (size_t sent = 0; sent < 8 * MIB; sent += sizeof chunk)
                emulator_feed(e, view_of(chunk, sizeof chunk), 0);
            assert_true(allocations_live_bytes() <= before + MIB);
            feed(e, "\030\033[2;2HX");
            assert_int_equal(emulator_screen(e)->row[1]->cell[1].text, 'X');
            expect_clean(e, roles[i]);
        }
        emulator_free(e);
    }
}

/* Questions, and what is no business of a server. */
static void
test_questions_and_orders(void **state)
{
    (void)state;
    static const char *const bytes[] = {
        "\033[c\033[>c\033[=c\033[5n\033[6n\033[?6n\033Z\005",
        "\033P$qm\033\\\033P+q544e\033\\\033[>q\033[?u\033[?2026$p\033[18t\033[21t",
        "\033]10;?\a\033]4;1;?\a\033]52;c;?\a\033]52;c;not base64\a",
        "\033]0;a\302\233b\342\200\256\a\033]2;\177x\a\033]1;\342\200\250\a",
        "\033]8;;javascript:x\033\\a\033]8;id=\";file:///x\033\\b\033]8;;\033\\",
        "\033]9;4;9;999\a\033]777;notify;a;b\a\033]7;file://\033\\",
        "\302\200\302\237\377\300\200\355\240\200\342\200\250\342\200\256\342\201\246x",
        "\033[8m\033[?5h\033[?1003h\033[?1016h\033[>31u\033[>4;2m\033[9 q\033[?2026h",
    };
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < sizeof bytes / sizeof bytes[0]; j++) {
            struct emulator *e = emulator_new(roles[i], screen_new(ROWS, COLS));
            feed(e, bytes[j]);
            expect_clean(e, roles[i]);
            emulator_free(e);
        }
    }
}

/* Marks without number, links without number. */
static void
test_floods(void **state)
{
    (void)state;
    char link[80];
    for (size_t i = 0; i < 2; i++) {
        struct emulator *e = emulator_new(roles[i], screen_new(ROWS, COLS));
        size_t before = allocations_live_bytes();
        for (int times = 0; times < 200000; times++)
            feed(e, "\314\201\342\200\215");
        for (int times = 0; times < 100000; times++) {
            snprintf(link, sizeof link, "\033]8;id=%d;http://example.org/%d\aL", times, times);
            feed(e, link);
        }
        assert_true(allocations_live_bytes() <= before + 2 * MIB);
        expect_clean(e, roles[i]);
        emulator_free(e);
    }
}

/* Any bytes at all. */
static void
test_noise(void **state)
{
    (void)state;
    static uint8_t chunk[CHUNK_BYTES];
    uint64_t dice = 7;
    for (size_t i = 0; i < 2; i++) {
        struct emulator *e = emulator_new(roles[i], screen_new(ROWS, COLS));
        size_t before = allocations_live_bytes();
        for (size_t sent = 0; sent < 4 * MIB; sent += sizeof chunk) {
            for (size_t j = 0; j < sizeof chunk; j++) {
                dice = dice * 6364136223846793005u + 1442695040888963407u;
                chunk[j] = (uint8_t)(dice >> 40) % 8 == 0 ? 0x1B : (uint8_t)(dice >> 56);
            }
            emulator_feed(e, view_of(chunk, sizeof chunk), 0);
            expect_clean(e, roles[i]);
            assert_true(allocations_live_bytes() <= before + 8 * MIB);
        }
        emulator_free(e);
    }
}

/* Everything was given back. */
static void
test_nothing_is_left(void **state)
{
    (void)state;
    assert_int_equal(allocations_live_bytes(), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_endless_strings),
        cmocka_unit_test(test_questions_and_orders),
        cmocka_unit_test(test_floods),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
