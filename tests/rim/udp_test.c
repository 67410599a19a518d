/* Sockets on loopback, both families: addresses asked and answered, ECN, ports, batches. */
#include "udp_fixture.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/clock.h"

/* A server bound to bind_address is asked at `asked` and answers from there. */
static void
check_exchange(const char *bind_address, const char *asked, uint8_t ecn)
{
    struct udp *server = open_server(bind_address), *client = open_client(asked);
    struct addr to = address(asked, udp_port(server));
    uint64_t before = clock_now_ms();
    assert_int_equal(udp_send(client, view_of_text("ping"), &to, NULL, ecn), UDP_SENT);

    struct view got;
    struct udp_arrival how;
    assert_true(receive(server, &got, &how, UDP_LATE_MS));
    assert_true(view_equal(got, view_of_text("ping")));
    assert_int_equal(how.ecn, ecn);
    assert_in_range(how.at_ms, before - 1, clock_now_ms());
    check_address(&how.to, asked, udp_port(server));
    assert_int_equal(resolve_port(&how.from), udp_port(client));

    assert_int_equal(udp_send(server, view_of_text("pong"), &how.from, &how.to, ecn), UDP_SENT);
    struct udp_arrival back;
    assert_true(receive(client, &got, &back, UDP_LATE_MS));
    assert_true(view_equal(got, view_of_text("pong")));
    assert_int_equal(back.ecn, ecn);
    check_address(&back.from, asked, udp_port(server));
    assert_true(addr_equal(&back.to, &how.from));
    udp_close(client);
    udp_close(server);
}

static void
test_dual_stack_answers_from_the_address_asked(void **state)
{
    (void)state;
    for (uint8_t ecn = 0; ecn <= UDP_ECN_CE; ecn++) {
        check_exchange(NULL, "127.0.0.1", ecn);
        check_exchange(NULL, "127.7.7.7", ecn); /* not what the kernel would choose */
        check_exchange(NULL, "::1", ecn);
    }
}

static void
test_one_address(void **state)
{
    (void)state;
    check_exchange("127.0.0.5", "127.0.0.5", UDP_ECN_ECT0);
    check_exchange("0.0.0.0", "127.0.0.6", UDP_ECN_CE);
    check_exchange("::1", "::1", UDP_ECN_CE);
    check_exchange("::", "127.0.0.9", UDP_ECN_ECT0);
}

static void
test_wrong_bind_address_falls_back(void **state)
{
    (void)state;
    static const char *const wrong[] = { "192.0.2.55", "2001:db8::55", "no-number" };
    for (size_t i = 0; i < 3; i++) {
        struct udp *u;
        struct fail notice;
        assert_int_equal(udp_open_server(wrong[i], 0, 0, &u, &notice, NULL), SKUA_OK);
        assert_int_not_equal(notice.code, SKUA_OK);
        assert_non_null(strstr(notice.text, wrong[i]));
        assert_true(udp_port(u) != 0);
        udp_close(u);
    }
}

static void
test_first_free_port_of_the_range(void **state)
{
    (void)state;
    /* A port that was free a moment ago, with room above it. */
    struct udp *probe = open_server(NULL);
    uint16_t low = udp_port(probe) > 60000 ? 50000 : udp_port(probe);
    uint16_t high = (uint16_t)(low + 20);
    udp_close(probe);

    struct udp *first, *second, *third;
    assert_int_equal(udp_open_server(NULL, low, high, &first, NULL, NULL), SKUA_OK);
    assert_int_equal(udp_open_server(NULL, low, high, &second, NULL, NULL), SKUA_OK);
    assert_in_range(udp_port(first), low, high);
    assert_in_range(udp_port(second), udp_port(first) + 1, high);

    struct fail why;
    uint16_t taken = udp_port(second);
    assert_int_equal(udp_open_server(NULL, taken, taken, &third, NULL, &why), SKUA_ERR_SYSTEM);
    assert_int_equal(why.os_error, EADDRINUSE);
    char text[32];
    snprintf(text, sizeof text, "port %u:", (unsigned)taken);
    assert_non_null(strstr(why.text, text));
    udp_close(first);
    udp_close(second);
}

static void
test_many_in_order(void **state)
{
    (void)state;
    struct udp *server = open_server("127.0.0.1"), *client = open_client("127.0.0.1");
    struct addr to = address("127.0.0.1", udp_port(server));
    for (uint32_t i = 0; i < 150; i++) /* more than two batches */
        assert_int_equal(udp_send(client, view_of(&i, sizeof i), &to, NULL, 0), UDP_SENT);
    struct view got;
    struct udp_arrival how;
    for (uint32_t i = 0; i < 150; i++) {
        assert_true(receive(server, &got, &how, UDP_LATE_MS));
        assert_true(view_equal(got, view_of(&i, sizeof i)));
    }
    assert_false(udp_receive(server, &got, &how));
    udp_close(client);
    udp_close(server);
}

static void
test_lengths(void **state)
{
    (void)state;
    static uint8_t bytes[65507];
    struct udp *server = open_server("127.0.0.1"), *client = open_client("127.0.0.1");
    struct addr to = address("127.0.0.1", udp_port(server));
    static const size_t dropped[] = { 0, UDP_DATAGRAM_MAX_BYTES + 1, 65507 };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(udp_send(client, view_of(bytes, dropped[i]), &to, NULL, 0), UDP_SENT);
    assert_int_equal(udp_send(client, view_of(bytes, UDP_DATAGRAM_MAX_BYTES), &to, NULL, 0),
                     UDP_SENT);
    struct view got;
    struct udp_arrival how;
    assert_true(receive(server, &got, &how, UDP_LATE_MS));
    assert_int_equal(got.len, UDP_DATAGRAM_MAX_BYTES);
    assert_int_equal(udp_dropped(server), 3);
    udp_close(client);
    udp_close(server);
}

static void
test_results_of_sending(void **state)
{
    (void)state;
    static uint8_t bytes[65536];
    struct udp *v4 = open_client("127.0.0.1"), *v6 = open_client("::1");
    struct addr a4 = address("127.0.0.1", 9), a6 = address("::1", 9);
    assert_int_equal(udp_send(v4, view_of(bytes, sizeof bytes), &a4, NULL, 0), UDP_TOO_BIG);
    assert_int_equal(udp_error(v4), EMSGSIZE);
    assert_int_equal(udp_send(v6, view_of(bytes, sizeof bytes), &a6, NULL, 0), UDP_TOO_BIG);
    /* A broadcast, which was not asked for, is refused whatever the routes. */
    struct addr nowhere = address("255.255.255.255", 9);
    assert_int_equal(udp_send(v4, view_of(bytes, 50), &nowhere, NULL, 0), UDP_UNREACHABLE);
    assert_int_equal(udp_error(v4), EACCES);

    assert_false(udp_can_reach(v4, &a6));
    assert_true(udp_can_reach(v6, &a6));
    assert_true(udp_can_reach(v6, &a4));
    assert_int_equal(udp_send(v4, view_of(bytes, 50), &a6, NULL, 0), UDP_FAILED);
    assert_int_equal(udp_error(v4), EAFNOSUPPORT);
    udp_close(v4);
    udp_close(v6);
}

static void
test_lost_source_address(void **state)
{
    (void)state;
    struct udp *server = open_server(NULL), *client = open_client("127.0.0.1");
    struct addr to = address("127.0.0.1", udp_port(server));
    struct addr gone = address("192.0.2.77", 0);
    assert_int_equal(udp_send(client, view_of_text("x"), &to, &gone, 0), UDP_SENT);
    struct view got;
    struct udp_arrival how;
    assert_true(receive(server, &got, &how, UDP_LATE_MS));
    check_address(&how.from, "127.0.0.1", udp_port(client));
    udp_close(client);
    udp_close(server);
}

/* What a forked copy would send could hold a nonce that its original uses, too. */
static void
test_a_fork_sends_nothing(void **state)
{
    (void)state;
    struct udp *server = open_server("127.0.0.1"), *client = open_client("127.0.0.1");
    struct addr to = address("127.0.0.1", udp_port(server));
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(udp_send(client, view_of_text("copy"), &to, NULL, 0) == UDP_FAILED ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);

    assert_int_equal(udp_send(client, view_of_text("original"), &to, NULL, 0), UDP_SENT);
    struct view got;
    struct udp_arrival how;
    assert_true(receive(server, &got, &how, UDP_LATE_MS));
    assert_true(view_equal(got, view_of_text("original")));
    assert_false(udp_receive(server, &got, &how));
    udp_close(client);
    udp_close(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dual_stack_answers_from_the_address_asked),
        cmocka_unit_test(test_one_address),
        cmocka_unit_test(test_wrong_bind_address_falls_back),
        cmocka_unit_test(test_first_free_port_of_the_range),
        cmocka_unit_test(test_many_in_order),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_results_of_sending),
        cmocka_unit_test(test_lost_source_address),
        cmocka_unit_test(test_a_fork_sends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
