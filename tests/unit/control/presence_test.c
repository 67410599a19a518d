#include "test.h"

#include "control/presence.h"

static bool
parse(const char *text, struct presence *out)
{
    return presence_parse(view_of_text(text), out);
}

static void
test_there_and_back(void **state)
{
    (void)state;
    const struct presence said = { .state = PRESENCE_SILENT,
                                   .began_s = 1700000000,
                                   .heard_s = 1700000100,
                                   .port = 60001,
                                   .terminal = "/dev/pts/7",
                                   .client = "2001:db8::1",
                                   .command = "tmux new-session -A" };
    struct presence read;
    struct buf text;
    buf_init(&text, PRESENCE_MAX_BYTES);
    presence_put(&text, &said);
    assert_false(text.overflow);
    assert_true(presence_parse(buf_view(&text), &read));
    assert_int_equal(read.state, said.state);
    assert_true(read.began_s == said.began_s && read.heard_s == said.heard_s);
    assert_int_equal(read.port, said.port);
    assert_string_equal(read.terminal, said.terminal);
    assert_string_equal(read.client, said.client);
    assert_string_equal(read.command, said.command);
    buf_fini(&text);
}

static void
test_the_largest_fits(void **state)
{
    (void)state;
    struct presence p = { .began_s = INT64_MAX, .heard_s = INT64_MIN, .port = UINT16_MAX };
    struct buf text;
    buf_init(&text, PRESENCE_MAX_BYTES);
    memset(p.terminal, 'x', sizeof p.terminal - 1);
    memset(p.client, 'x', sizeof p.client - 1);
    memset(p.command, 'x', sizeof p.command - 1);
    presence_put(&text, &p);
    assert_false(text.overflow);
    buf_fini(&text);
}

static void
test_no_control_gets_through(void **state)
{
    (void)state;
    struct presence p = { .command = "a\nstate silent\033[31m\xff" };
    struct buf text;
    buf_init(&text, PRESENCE_MAX_BYTES);
    presence_put(&text, &p);
    assert_true(presence_parse(buf_view(&text), &p));
    assert_int_equal(p.state, PRESENCE_WAITING);
    assert_string_equal(p.command, "a?state silent?[31m?");
    buf_fini(&text);
    assert_true(parse("skua-session 1\ncommand a\033]0;b\n", &p));
    assert_string_equal(p.command, "a?]0;b");
}

static void
test_what_makes_no_sense(void **state)
{
    (void)state;
    struct presence p;
    assert_false(parse("", &p));
    assert_false(parse("\n", &p));
    assert_false(parse("skua-session 2\nport 1\n", &p));
    assert_true(parse("skua-session 1", &p));
    assert_true(
        parse("skua-session 1\nport 65536\nbegan -1\nheard 99999999999999999999\nstate up\nnews\n"
              "port\nclient",
              &p));
    assert_int_equal(p.port, 0);
    assert_true(p.began_s == 0 && p.heard_s == 0);
    assert_int_equal(p.state, PRESENCE_WAITING);
    assert_string_equal(p.client, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_the_largest_fits),
        cmocka_unit_test(test_no_control_gets_through),
        cmocka_unit_test(test_what_makes_no_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
