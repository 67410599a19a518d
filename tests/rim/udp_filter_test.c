/* What the kernel's filter lets through: lengths and direction, both ends, both families. */
#include "udp_fixture.h"

#include "rim/udp_filter.h"

static void
send_bytes(struct udp *from, const struct addr *to, uint8_t first, size_t len)
{
    uint8_t bytes[4096] = { first };
    assert_int_equal(udp_send(from, view_of(bytes, len), to, NULL, 0), UDP_SENT);
}

/* Send what must be dropped, then what must come: whatever is received first shows a hole. */
static void
check_filter(const char *host, enum udp_end end)
{
    struct udp *receiver = open_server(NULL), *sender = open_client(host);
    assert_true(udp_filter_attach(receiver, end));
    struct addr to = address(host, udp_port(receiver));
    uint8_t good = end == UDP_SERVER ? 0x7f : 0x80, bad = end == UDP_SERVER ? 0x80 : 0x7f;
    send_bytes(sender, &to, good, 0);
    send_bytes(sender, &to, good, UDP_FILTER_MIN_BYTES - 1);
    send_bytes(sender, &to, good, UDP_DATAGRAM_MAX_BYTES + 1);
    send_bytes(sender, &to, bad, 100);
    send_bytes(sender, &to, bad, UDP_FILTER_MIN_BYTES);
    static const size_t passing[] = { UDP_FILTER_MIN_BYTES, 100, UDP_DATAGRAM_MAX_BYTES };
    for (size_t i = 0; i < 3; i++)
        send_bytes(sender, &to, good, passing[i]);

    struct view got;
    struct udp_arrival how;
    for (size_t i = 0; i < 3; i++) {
        assert_true(receive(receiver, &got, &how, UDP_LATE_MS));
        assert_int_equal(got.data[0], good);
        assert_int_equal(got.len, passing[i]);
    }
    assert_int_equal(udp_dropped(receiver), 0);
    udp_close(sender);
    udp_close(receiver);
}

static void
test_filter(void **state)
{
    (void)state;
    check_filter("127.0.0.1", UDP_SERVER);
    check_filter("127.0.0.1", UDP_CLIENT);
    check_filter("::1", UDP_SERVER);
    check_filter("::1", UDP_CLIENT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_filter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
