#include "test.h"

#include "term/outer/setup.h"

#define EVERYTHING 0xffffffffu

static void
expect(struct buf *out, const char *text)
{
    assert_true(view_equal(buf_view(out), view_of_text(text)));
    buf_clear(out);
}

static void
test_start(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1024);
    const struct caps plain = { .dialect = CAPS_DIALECT_OUTER };
    setup_start(&plain, view_of_text(""), &out);
    expect(&out, "\033[?1h");
    setup_start(&caps_xterm, view_of_text("\033[?1049h"), &out);
    expect(&out, "\033[?1049h\033[?1h\033[22;0t");
    const struct caps all = { .dialect = CAPS_DIALECT_OUTER, .can = EVERYTHING };
    setup_start(&all, view_of_text(""), &out);
    expect(&out, "\033[?1h\033[22;0t\033[>0u");
    buf_fini(&out);
}

static void
test_extend(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1024);
    struct caps before = { .can = CAPS_CAN_TITLE }, after = { .can = EVERYTHING };
    setup_extend(&before, &after, &out);
    expect(&out, "\033[>0u");
    setup_extend(&after, &after, &out);
    expect(&out, "");
    before.can = 0;
    setup_extend(&before, &after, &out);
    expect(&out, "\033[22;0t\033[>0u");
    buf_fini(&out);
}

static bool
holds(const struct buf *b, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i + len <= b->len; i++) {
        if (memcmp(b->data + i, text, len) == 0)
            return true;
    }
    return false;
}

/* A mode that stays on after us is the user's trouble: mouse reports in the shell, and worse. */
static void
test_close_resets_everything(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1024);
    const struct caps all = { .dialect = CAPS_DIALECT_OUTER, .can = EVERYTHING };
    setup_close(&all, view_of_text("\033[?1049l"), &out);
    static const int modes[] = { 1,    5,    9,    1000, 1001, 1002, 1003, 1004, 1005,
                                 1006, 1007, 1015, 1016, 2004, 2026, 2027, 1049 };
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        char reset[16];
        snprintf(reset, sizeof reset, "\033[?%dl", modes[i]);
        assert_true(holds(&out, reset));
    }
    assert_true(holds(&out, "\033[0m"));
    assert_true(holds(&out, "\033[?25h"));
    assert_true(holds(&out, "\033[<u"));
    assert_true(holds(&out, "\033[>4m"));
    assert_true(holds(&out, "\033[0 q"));
    assert_true(holds(&out, "\033]8;;\033\\"));
    assert_true(holds(&out, "\033[23;0t"));
    assert_true(out.len <= SETUP_CLOSE_MAX_BYTES + 8);
    assert_memory_equal(out.data + out.len - 8, "\033[?1049l", 8);
    buf_fini(&out);
}

static void
test_a_plain_terminal_is_spared(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1024);
    const struct caps plain = { .dialect = CAPS_DIALECT_OUTER };
    setup_close(&plain, view_of_text(""), &out);
    expect(&out, "\033\\\033[?1l\033[0m\033[?25h");
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_extend),
        cmocka_unit_test(test_close_resets_everything),
        cmocka_unit_test(test_a_plain_terminal_is_spared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
