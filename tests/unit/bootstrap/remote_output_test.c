#include "test.h"

#include "base/mem.h"
#include "bootstrap/remote_output.h"

#define START "MOSH CONNECT 60001 AAECAwQFBgcICQoLDA0ODw"
#define TOKEN "0123456789abcdef"

static int
set_up(void **state)
{
    *state = remote_output_new(view_of_text(TOKEN));
    return 0;
}

static int
tear_down(void **state)
{
    remote_output_free(*state);
    return 0;
}

static void
assert_text(struct remote_output *o, struct view *in, const char *expected)
{
    struct remote_event event;
    assert_true(remote_output_next(o, in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_TEXT);
    assert_true(view_equal(event.text, view_of_text(expected)));
}

static void
assert_line(struct remote_output *o, struct view *in, enum connect_line_kind kind)
{
    struct remote_event event;
    assert_true(remote_output_next(o, in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_LINE);
    assert_int_equal(event.line.kind, kind);
}

static void
test_ordinary_start(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    struct view in = view_of_text("MOSH IP 127.0.0.1 " TOKEN "\nbanner\x1b[2J\r\n\r\r\n\r\n" START
                                  "\r\n" START "\nmotd\n");
    assert_line(o, &in, CONNECT_LINE_ADDRESS);
    assert_text(o, &in, "banner^[[2J");
    assert_text(o, &in, "");
    assert_text(o, &in, "");
    assert_line(o, &in, CONNECT_LINE_START);
    assert_false(remote_output_next(o, &in, &event));
    assert_int_equal(in.len, 0);
    assert_false(remote_output_end(o, &event));
    assert_string_equal(remote_output_last_text(o), "banner^[[2J");
}

static void
test_byte_by_byte(void **state)
{
    struct remote_output *o = *state;
    const char *text = "hello\r\n" START "\r\n";
    int texts = 0, starts = 0;
    for (const char *p = text; *p != '\0'; p++) {
        struct view in = view_of(p, 1);
        struct remote_event event;
        if (!remote_output_next(o, &in, &event))
            continue;
        texts += event.kind == REMOTE_EVENT_TEXT;
        starts += event.kind == REMOTE_EVENT_LINE && event.line.kind == CONNECT_LINE_START;
    }
    assert_int_equal(texts, 1);
    assert_int_equal(starts, 1);
}

static void
test_end_without_newline(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    struct view in = view_of_text(START);
    assert_false(remote_output_next(o, &in, &event));
    assert_true(remote_output_end(o, &event));
    assert_int_equal(event.line.kind, CONNECT_LINE_START);
    assert_false(remote_output_end(o, &event));
}

static void
test_second_address_is_fatal(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    struct view in =
        view_of_text("MOSH IP 192.0.2.1 " TOKEN "\nMOSH IP 192.0.2.2 " TOKEN "\n" START "\n");
    assert_line(o, &in, CONNECT_LINE_ADDRESS);
    assert_true(remote_output_next(o, &in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_TWICE);
    assert_false(remote_output_next(o, &in, &event));
}

static void
test_address_of_others_is_text(void **state)
{
    struct remote_output *o = *state;
    struct view in = view_of_text("MOSH IP 192.0.2.1\nMOSH IP 192.0.2.2 guess\n");
    assert_text(o, &in, "MOSH IP 192.0.2.1");
    assert_text(o, &in, "MOSH IP 192.0.2.2 guess");
}

static void
test_bad_line_stops(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    struct view in = view_of_text("MOSH CONNECT 0 x\n" START "\n");
    assert_line(o, &in, CONNECT_LINE_BAD_PORT);
    assert_false(remote_output_next(o, &in, &event));
}

static void
test_long_line_is_cut(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    char *text = mem_new(REMOTE_OUTPUT_LINE_BYTES * 2, 1);
    memset(text, 'x', REMOTE_OUTPUT_LINE_BYTES * 2);
    struct view in = view_of(text, REMOTE_OUTPUT_LINE_BYTES * 2);

    assert_false(remote_output_next(o, &in, &event));
    in = view_of_text("\n" START "\n");
    assert_true(remote_output_next(o, &in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_TEXT);
    assert_int_equal(event.text.len, REMOTE_OUTPUT_LINE_BYTES);
    assert_line(o, &in, CONNECT_LINE_START);
    free(text);
}

static void
test_marker_in_a_long_line_is_text(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    char *text = mem_new(REMOTE_OUTPUT_LINE_BYTES * 2, 1);
    memset(text, ' ', REMOTE_OUTPUT_LINE_BYTES * 2);
    memcpy(text, START, sizeof START - 1);
    text[REMOTE_OUTPUT_LINE_BYTES * 2 - 1] = '\n';
    struct view in = view_of(text, REMOTE_OUTPUT_LINE_BYTES * 2);

    assert_true(remote_output_next(o, &in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_TEXT);
    free(text);
}

static void
test_worst_growth_fits(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    char *text = mem_new(REMOTE_OUTPUT_LINE_BYTES + 1, 1);
    memset(text, 0xff, REMOTE_OUTPUT_LINE_BYTES);
    text[REMOTE_OUTPUT_LINE_BYTES] = '\n';
    struct view in = view_of(text, REMOTE_OUTPUT_LINE_BYTES + 1);

    assert_true(remote_output_next(o, &in, &event));
    assert_int_equal(event.text.len, REMOTE_OUTPUT_LINE_BYTES * 4);
    assert_int_equal(strlen(remote_output_last_text(o)), 240);
    free(text);
}

static void
test_total_is_bounded(void **state)
{
    struct remote_output *o = *state;
    struct remote_event event;
    char text[1024];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\n';
    for (int i = 0; i < REMOTE_OUTPUT_TOTAL_BYTES / 1024; i++) {
        struct view in = view_of(text, sizeof text);
        assert_true(remote_output_next(o, &in, &event));
        assert_int_equal(event.kind, REMOTE_EVENT_TEXT);
    }
    struct view in = view_of_text(START "\n");
    assert_true(remote_output_next(o, &in, &event));
    assert_int_equal(event.kind, REMOTE_EVENT_TOO_MUCH);
    in = view_of_text(START "\n");
    assert_false(remote_output_next(o, &in, &event));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_ordinary_start),
        CASE(test_byte_by_byte),
        CASE(test_end_without_newline),
        CASE(test_second_address_is_fatal),
        CASE(test_address_of_others_is_text),
        CASE(test_bad_line_stops),
        CASE(test_long_line_is_cut),
        CASE(test_marker_in_a_long_line_is_text),
        CASE(test_worst_growth_fits),
        CASE(test_total_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
