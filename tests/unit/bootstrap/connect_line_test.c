#include "test.h"

#include "bootstrap/connect_line.h"

#define KEY   "AAECAwQFBgcICQoLDA0ODw" /* bytes 00..0f */
#define TOKEN "0123456789abcdef"

static struct connect_line
parse(const char *text)
{
    return connect_line_parse(view_of_text(text), view_of_text(TOKEN));
}

static void
assert_start(const char *text, uint16_t port)
{
    struct connect_line line = parse(text);
    assert_int_equal(line.kind, CONNECT_LINE_START);
    assert_int_equal(line.port, port);
    for (int i = 0; i < KEY_BYTES; i++)
        assert_int_equal(line.key.bytes[i], i);
}

static void
test_start(void **state)
{
    (void)state;
    assert_start("MOSH CONNECT 60001 " KEY, 60001);
    assert_start("MOSH CONNECT 1 " KEY, 1);
    assert_start("MOSH CONNECT 65535 " KEY, 65535);
    assert_start("MOSH CONNECT 60001 " KEY "\r", 60001);
    assert_start("MOSH CONNECT 60001 " KEY "  \r\r", 60001);
    assert_start("\r\rMOSH CONNECT 60001 " KEY, 60001);
}

static void
test_bad_port(void **state)
{
    (void)state;
    const char *const ports[] = {
        "0", "65536",  "-1",    "+1",   "60001x", "1e4",
        "",  "060001", "00080", "0x50", "99999",  "123456789012345678901234567890",
    };
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "MOSH CONNECT %s %s", ports[i], KEY);
        assert_int_equal(parse(text).kind, CONNECT_LINE_BAD_PORT);
    }
    assert_int_equal(parse("MOSH CONNECT ").kind, CONNECT_LINE_BAD_PORT);
    assert_int_equal(parse("MOSH CONNECT").kind, CONNECT_LINE_BAD_PORT);
    assert_int_equal(parse("MOSH CONNECT  60001 " KEY).kind, CONNECT_LINE_BAD_PORT);
}

static void
test_bad_key(void **state)
{
    (void)state;
    const char *const keys[] = {
        "AAECAwQFBgcICQoLDA0OD",    /* 21 */
        "AAECAwQFBgcICQoLDA0ODwA",  /* 23 */
        "AAECAwQFBgcICQoLDA0ODw==", /* padded */
        "-AECAwQFBgcICQoLDA0ODw",
        "_AECAwQFBgcICQoLDA0ODw",
        "AAECAwQFBgc ICQoLDA0Dw",
        "AAECAwQFBgcICQoLDA0ODx", /* low bits of the last character */
        " AAECAwQFBgcICQoLDA0ODw",
        "",
        "AAECAwQFBgcICQoLDA0ODw more",
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "MOSH CONNECT 60001 %s", keys[i]);
        assert_int_equal(parse(text).kind, CONNECT_LINE_BAD_KEY);
    }
    static const char with_nul[] = "MOSH CONNECT 60001 AAECAwQFBgc\0CQoLDA0ODw";
    struct connect_line line =
        connect_line_parse(view_of(with_nul, sizeof with_nul - 1), view_of_text(TOKEN));
    assert_int_equal(line.kind, CONNECT_LINE_BAD_KEY);
}

static void
test_not_at_column_0(void **state)
{
    (void)state;
    assert_int_equal(parse(" MOSH CONNECT 60001 " KEY).kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("ls\rMOSH CONNECT 60001 " KEY).kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("$ MOSH CONNECT 60001 " KEY).kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("\x1b[0mMOSH CONNECT 60001 " KEY).kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("mosh connect 60001 " KEY).kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("MOSH CONNECTION 60001").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("\r\r").kind, CONNECT_LINE_TEXT);
}

static void
test_address_needs_the_token(void **state)
{
    (void)state;
    struct connect_line line = parse("MOSH IP 192.0.2.1 " TOKEN "\r");
    assert_int_equal(line.kind, CONNECT_LINE_ADDRESS);
    assert_string_equal(line.address.text, "192.0.2.1");
    assert_int_equal(parse("MOSH IP fe80::1%eth0 " TOKEN).kind, CONNECT_LINE_ADDRESS);
    assert_int_equal(parse("MOSH IP none " TOKEN).kind, CONNECT_LINE_UNREACHED);
    assert_int_equal(parse("MOSH IP none").kind, CONNECT_LINE_TEXT);

    assert_int_equal(parse("MOSH IP 192.0.2.1").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("MOSH IP 192.0.2.1 0123").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("MOSH IP 192.0.2.1 " TOKEN "0").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("MOSH IP 192.0.2.1 " TOKEN " x").kind, CONNECT_LINE_TEXT);
    assert_int_equal(parse("MOSH IP host " TOKEN).kind, CONNECT_LINE_BAD_ADDRESS);

    struct view none = { 0 };
    line = connect_line_parse(view_of_text("MOSH IP 192.0.2.1 "), none);
    assert_int_equal(line.kind, CONNECT_LINE_TEXT);
}

static void
test_connection(void **state)
{
    (void)state;
    struct connect_line line = parse("MOSH SSH_CONNECTION 192.0.2.9 50000 ::ffff:192.0.2.1 22\r");
    assert_int_equal(line.kind, CONNECT_LINE_CONNECTION);
    assert_string_equal(line.address.text, "192.0.2.1");
    line = parse("MOSH SSH_CONNECTION fe80::2%eth0 50000 fe80::1%eth0 22");
    assert_string_equal(line.address.text, "fe80::1%eth0");

    const char *const bad[] = {
        "MOSH SSH_CONNECTION 192.0.2.9 50000 192.0.2.1",
        "MOSH SSH_CONNECTION 192.0.2.9 50000 192.0.2.1 22 x",
        "MOSH SSH_CONNECTION 192.0.2.9 50000 host.example 22",
        "MOSH SSH_CONNECTION 192.0.2.9 50000 192.0.2.300 22",
        "MOSH SSH_CONNECTION x",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(parse(bad[i]).kind, CONNECT_LINE_BAD_CONNECTION);

    char text[400];
    snprintf(text, sizeof text, "MOSH SSH_CONNECTION a 1 %0300d 22", 1);
    assert_int_equal(parse(text).kind, CONNECT_LINE_BAD_CONNECTION);
}

static void
test_no_server(void **state)
{
    (void)state;
    struct connect_line line = parse("SKUA NO SERVER debian\r");
    assert_int_equal(line.kind, CONNECT_LINE_NO_SERVER);
    assert_string_equal(line.system, "debian");
    line = parse("SKUA NO SERVER");
    assert_int_equal(line.kind, CONNECT_LINE_NO_SERVER);
    assert_string_equal(line.system, "");
    assert_string_equal(parse("SKUA NO SERVER \x1b[31m").system, "");
    line = parse("SKUA NO SERVER debian Linux-x86_64\r");
    assert_string_equal(line.system, "debian");
    assert_string_equal(line.machine, "Linux-x86_64");
    assert_string_equal(parse("SKUA NO SERVER debian \x1b[31m").machine, "");
    assert_string_equal(parse("SKUA NO SERVER debian").machine, "");
    assert_string_equal(parse("SKUA NO SERVER abcdefghijklmnopqrstuvwxyz0123456789").system, "");
    assert_int_equal(parse("SKUA NO SERVERS").kind, CONNECT_LINE_TEXT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_bad_port),
        cmocka_unit_test(test_bad_key),
        cmocka_unit_test(test_not_at_column_0),
        cmocka_unit_test(test_address_needs_the_token),
        cmocka_unit_test(test_connection),
        cmocka_unit_test(test_no_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
