#include "test.h"

#include "term/input/report.h"

static struct report
parse(const char *text)
{
    struct report r = { 0 };
    assert_true(report_parse(view_of_text(text), &r));
    return r;
}

static void
expect(const char *text, int byte)
{
    struct report r = parse(text);
    assert_int_equal(r.len, strlen(text));
    assert_int_equal(r.byte, byte);
    assert_true(r.is_press);
}

static void
test_bytes(void **state)
{
    (void)state;
    expect("\033[97u", 'a');
    expect("\033[97;2u", 'A');
    expect("\033[97;65u", 'A'); /* Caps Lock */
    expect("\033[97;5u", 0x01);
    expect("\033[97;133u", 0x01);  /* and Num Lock */
    expect("\033[54;6u", 0x1e);    /* Ctrl-Shift-6 */
    expect("\033[54:94;6u", 0x1e); /* with what Shift makes of it */
    expect("\033[54;5u", 0x1e);
    expect("\033[94;5u", 0x1e);
    expect("\033[27;6;94~", 0x1e); /* xterm */
    expect("\033[27;5;122~", 0x1a);
    expect("\033[27u", 0x1b);
    expect("\033[13u", 0x0d);
    expect("\033[50;5u", 0x00);
    expect("\033[56;5u", 0x7f);
    expect("\033[46;1;46u", '.');
}

static void
test_keys_without_a_byte(void **state)
{
    (void)state;
    expect("\033[97;3u", REPORT_NO_BYTE);    /* Alt-a */
    expect("\033[57441;2u", REPORT_NO_BYTE); /* Shift alone */
    expect("\033[233u", REPORT_NO_BYTE);
    expect("\033[57;5u", REPORT_NO_BYTE); /* Ctrl-9 */
    expect("\033[0u", REPORT_NO_BYTE);
    expect("\033[99999999999999999999;5u", REPORT_NO_BYTE);
}

static void
test_releases(void **state)
{
    (void)state;
    assert_true(parse("\033[97;5:1u").is_press);
    assert_false(parse("\033[97;5:2u").is_press);
    assert_false(parse("\033[97;5:3u").is_press);
}

static void
test_others(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",           "\033",     "\033[",     "\033[u",       "\033[9", "\033[1;5A",   "\033[3~",
        "\033[27;5~", "\033[?0u", "\033[200~", "\033[<0;1;1M", "\033Oa", "\033[5;6;7~", "a\033[97u"
    };
    char longer[3 * REPORT_MAX_BYTES];
    struct report r;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(report_parse(view_of_text(others[i]), &r));
    memset(longer, '1', sizeof longer);
    memcpy(longer, "\033[", 2);
    longer[sizeof longer - 1] = 'u';
    assert_false(report_parse(view_of(longer, sizeof longer), &r));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_keys_without_a_byte),
        cmocka_unit_test(test_releases),
        cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
