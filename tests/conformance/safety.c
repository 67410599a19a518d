/*
 * What a hostile program may write, row by row of docs/TERMINAL.md, "Safety": memory and work stay bounded,
 * the screen keeps its invariants, nothing is typed into the shell, and text goes on behind it.
 *
 * Allocations are counted (the linker puts ours in between), so bounds are bytes and calls, not time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "allocations.h"
#include "fuzz/screen_check.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"
#include "tests/lint/lint.h"

#define MIB         ((size_t)1024 * 1024)
#define CHUNK_BYTES 65536

static struct emulator *
new_terminal(int rows, int cols)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(rows, cols));
    static const struct record all = { .colors = 256, .can = UINT32_MAX };
    emulator_set_record(e, &all);
    return e;
}

static void
feed(struct emulator *e, const char *text)
{
    emulator_feed(e, view_of_text(text), 0);
}

static void
feed_times(struct emulator *e, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        feed(e, text);
}

/* The screen is in order, and what is written next is shown where it belongs. */
static void
expect_alive(struct emulator *e)
{
    struct screen *s = emulator_snapshot(e, 5000);
    screen_check(s, true);
    screen_unref(s);
    feed(e, "\033c\033[2;2HX");
    s = emulator_snapshot(e, 5000);
    if (s->rows > 1 && s->cols > 1)
        assert_int_equal(s->row[1]->cell[1].text, 'X');
    screen_unref(s);
}

static void
expect_silence(struct emulator *e)
{
    assert_int_equal(emulator_replies(e)->len, 0);
}

/* X1: a sequence costs at most some allocations for each row, whatever number stands in it. */
static void
test_counts(void **state)
{
    (void)state;
    static const char finals[] = "@ABCDEFGHIJKLMPSTXZ`abdefgjkr";
    struct emulator *e = new_terminal(24, 80);
    char text[64];
    feed(e, "text");
    for (const char *final = finals; *final != 0; final++) {
        size_t before = allocations_count();
        snprintf(text, sizeof text, "\033[2147483647%c\033[99999999999999999999;7%c", *final,
                 *final);
        feed_times(e, text, 100);
        assert_true(allocations_count() - before <= 200 * (2 * 24 + 8));
    }
    expect_silence(e);
    expect_alive(e);
    emulator_free(e);
}

/* X1: parameters without number are read, and not kept. */
static void
test_parameters(void **state)
{
    (void)state;
    struct emulator *e = new_terminal(24, 80);
    size_t before = allocations_live_bytes();
    static const char *const units[] = { ";", "1;", ":", "9", "$", "?" };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        feed(e, "\033[");
        feed_times(e, units[i], MIB);
        feed(e, "m");
    }
    assert_true(allocations_live_bytes() <= before + 4096);
    expect_silence(e);
    expect_alive(e);
    emulator_free(e);
}

/*
 * X2: strings without end. What ends them, ends them; what is longer than its bound did not happen. The
 * processor's time tells a look at each byte from a look at each byte for each byte: seconds, not minutes.
 */
static void
test_endless_strings(void **state)
{
    (void)state;
    static const char *const starts[] = { "\033]0;", "\033]52;c;", "\033]8;;", "\033Pq", "\033P$q",
                                          "\033_G",  "\033^",      "\033X",    "\033k" };
    static const char *const ends[] = { "\033\\", "\030", "\032", "\302\234", "\033c" };
    static uint8_t chunk[CHUNK_BYTES];
    memset(chunk, 'A', sizeof chunk);
    struct emulator *e = new_terminal(4, 10);
    size_t before = allocations_live_bytes();
    clock_t began = clock();
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        feed(e, starts[i]);
        for (size_t sent = 0; sent < 16 * MIB; sent += sizeof chunk)
            emulator_feed(e, view_of(chunk, sizeof chunk), 0);
        assert_true(allocations_live_bytes() <= before + MIB);
        feed(e, ends[i % (sizeof ends / sizeof ends[0])]);
        assert_false(emulator_screen(e)->title_set);
        assert_int_equal(emulator_screen(e)->clipboard.count, 0);
        expect_silence(e);
        expect_alive(e);
    }
    assert_true((clock() - began) / CLOCKS_PER_SEC < 20);
    feed(e, "\033]2;");
    feed_times(e, "A", 20000);
    feed(e, "\a");
    assert_false(emulator_screen(e)->title_set);
    expect_alive(e);
    emulator_free(e);
}

/* X3: nothing that a stranger chose is typed, whatever is asked. */
static void
test_questions(void **state)
{
    (void)state;
    static const char *const unanswered[] = {
        "\033]52;c;?\a",
        "\033]52;;?\033\\",
        "\033]50;?\a",
        "\033]2;rm -rf ~\a\033[21t",
        "\033[20t",
        "\033[1;1;1;1;4;10*y",
        "\005",
        "\033]60;?\a",
        "\033]99;i=x:p=?;\033\\",
        "\033_Ga=q;AAAA\033\\",
        "\033]1337;ReportCellSize\a",
        "\033]702;?\a",
        "\033]7;?\a",
        "\033[?1$u",
        "\033[?62;1;\"p",
    };
    struct emulator *e = new_terminal(4, 10);
    for (size_t i = 0; i < sizeof unanswered / sizeof unanswered[0]; i++) {
        feed(e, unanswered[i]);
        expect_silence(e);
    }
    feed(e, "\033P$qevil\rid\r\033\\\033P+q6576696c\033\\\033P+qzz;;6\033\\\033P$q\033\\");
    assert_true(view_equal(buf_view(emulator_replies(e)),
                           view_of_text("\033P0$r\033\\\033P0+r\033\\\033P0+r\033\\\033P0+r\033\\"
                                        "\033P0+r\033\\\033P0$r\033\\")));
    emulator_free(e);
}

/* X3: what is no base64 empties the clipboard; a flood of writes is rationed. */
static void
test_clipboard(void **state)
{
    (void)state;
    struct emulator *e = new_terminal(4, 10);
    feed(e, "\033]52;c;not base64!\a");
    assert_int_equal(emulator_screen(e)->clipboard.contents->len, 0);
    feed_times(e, "\033]52;c;aGk=\a", 1000);
    assert_int_equal(emulator_screen(e)->clipboard.count, 10);
    expect_silence(e);
    expect_alive(e);
    emulator_free(e);
}

static void
expect_clean_title(struct emulator *e)
{
    struct screen *s = emulator_snapshot(e, 0);
    struct screen *shown = screen_project(s, &caps_xterm), *blank = screen_new(s->rows, s->cols);
    struct buf out;
    buf_init(&out, 4 * MIB);
    screen_check(s, true);
    paint(blank, shown, &caps_xterm, &out);
    const char *wrong = lint_outer(buf_view(&out), &caps_xterm);
    if (wrong != NULL)
        fail_msg("%s", wrong);
    buf_fini(&out);
    screen_unref(blank);
    screen_unref(shown);
    screen_unref(s);
}

/* X4: titles are text, cut, and free of what would end them or turn them around. */
static void
test_titles(void **state)
{
    (void)state;
    struct emulator *e = new_terminal(4, 10);
    static const char *const titles[] = {
        "\033]0;a\033[31mb\a",    "\033]0;a\302\233b\a", "\033]2;\342\200\256evil\a",
        "\033]2;\377\300\200x\a", "\033]2;a\177b\a",     "\033]1;\342\200\250\342\201\246\a",
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        feed(e, titles[i]);
        expect_clean_title(e);
    }
    feed(e, "\033]2;");
    feed_times(e, "\303\244", 5000);
    feed(e, "\a");
    assert_int_equal(emulator_screen(e)->title->len, 2 * 254);
    size_t before = allocations_live_bytes();
    feed_times(e, "\033]0;title\a\033[22;0t", 10000);
    assert_true(allocations_live_bytes() <= before + 64 * 1024);
    expect_clean_title(e);
    emulator_free(e);
}

/* X5: where a link may not be, its text is. */
static void
test_links(void **state)
{
    (void)state;
    static const char *const uris[] = { "javascript:alert(1)", "file:///etc/passwd", "x",
                                        "data:text/html,x", "http://\303\244/" };
    struct emulator *e = new_terminal(4, 10);
    struct caps caps = caps_xterm;
    caps.can |= CAPS_CAN_LINKS;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        feed(e, "\033c\033]8;;");
        feed(e, uris[i]);
        feed(e, "\aL");
        struct screen *s = emulator_snapshot(e, 0), *shown = screen_project(s, &caps);
        assert_int_equal(shown->row[0]->cell[0].text % CELL_EXTRA, 'L');
        assert_null(row_style(shown->row[0], 0).link);
        screen_unref(shown);
        screen_unref(s);
    }
    size_t before = allocations_live_bytes();
    feed(e, "\033]8;;http://");
    feed_times(e, "u", MIB);
    feed(e, "\aL");
    assert_null(emulator_screen(e)->pen.link);
    char open[64];
    for (int i = 0; i < 100000; i++) {
        snprintf(open, sizeof open, "\033]8;id=%d;http://example.org/%d\aL", i, i);
        feed(e, open);
    }
    assert_true(allocations_live_bytes() <= before + 2 * MIB);
    expect_alive(e);
    emulator_free(e);
}

/* X6: bytes that are no text become U+FFFD, in pieces as at once. */
static void
test_malformed_text(void **state)
{
    (void)state;
    static const char bytes[] =
        "a\300\200\340\200\200\355\240\200\360\200\200\200\364\220\200\200\365\200"
        "\370\210\200\200\200\376\377\200\233\237\344\270x\360\237\230\303\251\302z";
    struct emulator *whole = new_terminal(4, 40), *pieces = new_terminal(4, 40);
    feed(whole, bytes);
    for (size_t i = 0; i < sizeof bytes - 1; i++)
        emulator_feed(pieces, view_of(bytes + i, 1), 0);
    struct screen *a = emulator_snapshot(whole, 0), *b = emulator_snapshot(pieces, 0);
    screen_check(a, true);
    assert_true(screen_equal(a, b));
    assert_int_equal(a->row[0]->cell[0].text, 'a');
    assert_int_equal(a->row[0]->cell[1].text, 0xFFFD);
    screen_unref(a);
    screen_unref(b);
    emulator_free(whole);
    emulator_free(pieces);
}

/* X7: marks without number, joiners, halves. */
static void
test_marks_and_halves(void **state)
{
    (void)state;
    static const char *const units[] = { "\314\201",
                                         "\342\200\215",
                                         "\357\270\217",
                                         "\360\237\217\273",
                                         "\342\200\215\360\237\221\251",
                                         "\360\237\207\253",
                                         "\314\264\314\265" };
    struct emulator *e = new_terminal(4, 10);
    for (int clusters = 0; clusters < 2; clusters++) {
        feed(e, clusters != 0 ? "\033[?2027h" : "");
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
            size_t before = allocations_live_bytes();
            feed(e, "\033[1;3H\344\270\255\033[1;4H\033[@\033[1;3H\033[Px\033[1J");
            feed_times(e, units[i], 200000);
            feed(e, "\033[2;10H\344\270\255\033[2;1H\033[P\033[3;10H\033[?7l\344\270\255\033[?7h");
            assert_true(allocations_live_bytes() <= before + 64 * 1024);
            struct screen *s = emulator_snapshot(e, 0);
            screen_check(s, true);
            screen_unref(s);
        }
    }
    feed(e, "\033c0\033[1J\314\264\314\265Z");
    expect_alive(e);
    emulator_free(e);
}

/* X8: regions, origin, tabs, and the smallest window. */
static void
test_regions(void **state)
{
    (void)state;
    static const char *const moves[] = { "\033[0;0r",
                                         "\033[3;2r",
                                         "\033[99;99r",
                                         "\033[2;3r\033[?6h",
                                         "\033[?69h\033[3;6s",
                                         "\033[?69h\033[6;3s",
                                         "\033[3g\033[9Z\033[9I",
                                         "\033[5;5H\n\n\033M\033M",
                                         "\033[4S\033[4T\033[L\033[M",
                                         "\0336\0339",
                                         "\0337\033[?6l\0338" };
    struct emulator *e = new_terminal(4, 10);
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        for (size_t j = 0; j < sizeof moves / sizeof moves[0]; j++) {
            feed(e, moves[i]);
            emulator_resize(e, 1, 1, 0);
            feed(e, moves[j]);
            feed(e, "\344\270\255x\033[999;999H\033[6n");
            emulator_resize(e, 24, 80, 0);
            feed(e, moves[i]);
            struct screen *s = emulator_snapshot(e, 0);
            screen_check(s, true);
            screen_unref(s);
            buf_clear(emulator_replies(e));
        }
    }
    expect_alive(e);
    emulator_free(e);
}

/* X9: from one screen to the other and back, and windows of all sizes. */
static void
test_screens(void **state)
{
    (void)state;
    static const char *const switches[] = { "\033[?1049h", "\033[?1049l", "\033[?47h",
                                            "\033[?1047h", "\033[?1048h", "\033[?47l",
                                            "\033[?1047l", "\033[?1048l", "\033c" };
    struct emulator *e = new_terminal(24, 80);
    size_t before = allocations_live_bytes();
    uint32_t dice = 1;
    for (int i = 0; i < 100000; i++) {
        dice = dice * 1664525 + 1013904223;
        feed(e, switches[(dice >> 16) % (sizeof switches / sizeof switches[0])]);
        feed(e, "text\r\n");
        if (i % 500 == 0)
            emulator_resize(e, 1 + (int)(dice >> 24) % 30, 1 + (int)(dice >> 12) % 100, 0);
        assert_true(allocations_live_bytes() <= before + MIB);
    }
    expect_alive(e);
    emulator_free(e);
}

/* X10: noise. Nothing leaks; what is shown is in order; every answer has a template. */
static void
test_noise(void **state)
{
    (void)state;
    static uint8_t chunk[CHUNK_BYTES];
    struct emulator *e = new_terminal(24, 80);
    size_t before = allocations_live_bytes();
    uint64_t dice = 1;
    for (size_t sent = 0; sent < 16 * MIB; sent += sizeof chunk) {
        for (size_t i = 0; i < sizeof chunk; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            chunk[i] = (uint8_t)(dice >> 40) % 8 == 0 ? 0x1B : (uint8_t)(dice >> 56);
        }
        emulator_feed(e, view_of(chunk, sizeof chunk), sent);
        struct screen *s = emulator_snapshot(e, sent);
        screen_check(s, true);
        screen_unref(s);
        assert_true(allocations_live_bytes() <= before + 8 * MIB);
        buf_clear(emulator_replies(e));
    }
    feed(e, "\033\\");
    expect_alive(e);
    emulator_free(e);
}

/* X10: characters of odd width, for a stock peer and for a real terminal: the lexers find nothing. */
static void
test_odd_characters(void **state)
{
    (void)state;
    struct emulator *e = new_terminal(10, 40);
    feed_times(e,
               "\357\273\277\363\240\201\202\356\202\260\360\237\253\250\342\200\256a\342\201\246"
               "\340\244\276",
               50);
    struct screen *s = emulator_snapshot(e, 0), *blank = screen_new(10, 40);
    const struct caps *consumers[] = { &caps_stock, &caps_xterm };
    for (int i = 0; i < 2; i++) {
        struct screen *shown = screen_project(s, consumers[i]);
        struct buf out;
        buf_init(&out, MIB);
        paint(blank, shown, consumers[i], &out);
        const char *wrong =
            i == 0 ? lint_stock(buf_view(&out)) : lint_outer(buf_view(&out), &caps_xterm);
        if (wrong != NULL)
            fail_msg("%s", wrong);
        buf_fini(&out);
        screen_unref(shown);
    }
    screen_unref(blank);
    screen_unref(s);
    emulator_free(e);
}

/* F: however much is asked, 4 KiB wait, of whole answers. */
static void
test_flood_of_questions(void **state)
{
    (void)state;
    struct emulator *e = new_terminal(4, 10);
    size_t before = allocations_live_bytes();
    feed_times(e, "\033[c\033[6n\033P+q544e;436f\033\\\033]4;1;?\a", 100000);
    assert_true(emulator_replies(e)->len <= EMULATOR_REPLIES_MAX_BYTES);
    assert_true(allocations_live_bytes() <= before + 64 * 1024);
    expect_alive(e);
    emulator_free(e);
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
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_endless_strings),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_clipboard),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_malformed_text),
        cmocka_unit_test(test_marks_and_halves),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_screens),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_odd_characters),
        cmocka_unit_test(test_flood_of_questions),
        cmocka_unit_test(test_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
