#include "test.h"

#include <string.h>

#include "bootstrap/ssh_command.h"

static const char *const locale[] = { "LANG=C.UTF-8", "LC_ALL=C.UTF-8" };

/* The command as a C string; freed by the caller. */
static char *
build(const struct ssh_command *c)
{
    struct buf out;
    buf_init(&out, SSH_COMMAND_MAX_BYTES);
    assert_int_equal(ssh_command_build(c, &out), SKUA_OK);
    buf_put_u8(&out, '\0');
    return (char *)out.data;
}

static void
assert_command(const struct ssh_command *c, const char *expected)
{
    char *text = build(c);
    assert_string_equal(text, expected);
    free(text);
}

static void
test_given_server_has_stocks_shape(void **state)
{
    (void)state;
    const char *const words[] = { "ls", "it's", "$x" };
    struct ssh_command c = {
        .server = "mosh-server",
        .colors = 256,
        .port = "60010:60020",
        .locale = locale,
        .locale_count = 2,
        .command = words,
        .command_count = 3,
    };
    assert_command(&c,
                   "mosh-server 'new' '-c' '256' '-s' '-p' '60010:60020' '-l' 'LANG=C.UTF-8' '-l' "
                   "'LC_ALL=C.UTF-8' '--' 'ls' 'it'\\''s' '$x'");
}

static void
test_binding_of_a_given_server(void **state)
{
    (void)state;
    struct ssh_command c = { .server = "sudo ~/m", .colors = 0 };
    assert_command(&c, "sudo ~/m 'new' '-c' '0' '-s'");
    c.bind = SSH_COMMAND_BIND_SSH;
    assert_command(&c, "sudo ~/m 'new' '-c' '0' '-s'");
    c.bind = SSH_COMMAND_BIND_ANY;
    assert_command(&c, "sudo ~/m 'new' '-c' '0'");
    c.bind = SSH_COMMAND_BIND_ADDRESS;
    c.bind_address = "::1";
    assert_command(&c, "sudo ~/m 'new' '-c' '0' '-i' '::1'");
}

static void
test_connection_is_shown_before_a_given_server(void **state)
{
    (void)state;
    struct ssh_command c = { .server = "m", .colors = 8, .show_connection = true };
    char *text = build(&c);
    assert_true(strncmp(text, "sh -c '", 7) == 0);
    assert_non_null(strstr(text, "MOSH SSH_CONNECTION $SSH_CONNECTION"));
    assert_non_null(strstr(text, "' ; m 'new' '-c' '8' '-s'"));
    free(text);
}

static void
test_finder_binds_by_program(void **state)
{
    (void)state;
    struct ssh_command c = { .colors = 256 };
    char *text = build(&c);
    assert_non_null(strstr(text, "f skua-server); then exec \"$s\" new -@ skua1 \"$@\""));
    assert_non_null(strstr(text, "f mosh-server); then exec \"$s\" new -s \"$@\""));
    assert_non_null(strstr(text, "' skua '-c' '256'"));
    assert_null(strstr(text, "SSH_CONNECTION"));
    free(text);

    c.bind = SSH_COMMAND_BIND_ANY;
    text = build(&c);
    assert_non_null(strstr(text, "f mosh-server); then exec \"$s\" new \"$@\""));
    free(text);

    c.bind = SSH_COMMAND_BIND_ADDRESS;
    c.bind_address = "192.0.2.1";
    text = build(&c);
    assert_non_null(strstr(text, "' skua '-c' '256' '-i' '192.0.2.1'"));
    free(text);
}

/* What a login shell of any family would change inside single quotes must not be there. */
static void
assert_survives_any_shell(const char *text)
{
    bool quoted = false;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\'')
            quoted = !quoted;
        assert_true(*p != '!' && *p != '\n');
        if (*p == '\\')
            assert_true(quoted && p[1] != '\\' && p[1] != '\'' && p[1] != '\0');
    }
    assert_false(quoted);
}

static void
test_finder_survives_any_shell(void **state)
{
    (void)state;
    const char *const words[] = { "printf",       "a\\", "it's", "!!",
                                  "two\nlines\n", "\\'", "",     "\xc3\xa9\x7f" };
    struct ssh_command c = {
        .colors = 256,
        .show_connection = true,
        .command = words,
        .command_count = 8,
    };
    char *text = build(&c);
    assert_survives_any_shell(text);
    assert_non_null(strstr(text, "'--' 'printf' 'a\\0134' 'it\\0047s' '\\0041\\0041' "
                                 "'two\\0012lines\\0012' '\\0134\\0047' '' '\xc3\xa9\\0177'"));
    assert_non_null(strstr(text, "printf %b."));
    free(text);

    c.command_count = 1;
    text = build(&c);
    assert_survives_any_shell(text);
    assert_null(strstr(text, "printf %b."));
    free(text);
}

static void
test_too_large(void **state)
{
    (void)state;
    struct buf out;
    char word[64];
    memset(word, '\'', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const char *const words[] = { word };
    struct ssh_command c = { .server = "m", .command = words, .command_count = 1 };
    buf_init(&out, 128);
    assert_int_equal(ssh_command_build(&c, &out), SKUA_ERR_TOO_LARGE);
    buf_fini(&out);
}

static void
test_probes(void **state)
{
    (void)state;
    struct ssh_command c = { .probes = true, .colors = 8 };
    char *text = build(&c);
    /* The whole script stands between two single quotes, and holds nothing that a login shell would change. */
    char *from = strchr(text, '\''), *to = strstr(text, "' skua '-c' '8'");
    assert_non_null(from);
    assert_non_null(to);
    for (const char *p = from + 1; p < to; p++)
        assert_null(strchr("'!\n", *p));
    assert_non_null(strstr(text, "exec \"$s\" probe \"$@\""));
    /* A session with stock's ends by itself. */
    assert_non_null(strstr(text, "exec \"$s\" new -s \"$@\" -- true; fi"));
    assert_null(strstr(text, "skua1"));
    free(text);
    c.server = "~/s";
    text = build(&c);
    assert_non_null(strstr(text, "' ; ~/s 'probe' '-c' '8' '-s'"));
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes),
        cmocka_unit_test(test_given_server_has_stocks_shape),
        cmocka_unit_test(test_binding_of_a_given_server),
        cmocka_unit_test(test_connection_is_shown_before_a_given_server),
        cmocka_unit_test(test_finder_binds_by_program),
        cmocka_unit_test(test_finder_survives_any_shell),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
