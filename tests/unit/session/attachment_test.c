#include "pair.h"

#include "session/attachment.h"

static void
converge(bool client_says_hello, bool server_says_hello, bool expect_skua)
{
    struct pair p;
    pair_init(&p, client_says_hello, server_says_hello);
    pair_run(&p, 200);
    struct attachment *a = server_session_attachment(p.server, 0);
    assert_int_equal(attachment_is_skua(a), expect_skua);
    pair_print(&p, "\033[9mstruck");
    pair_run(&p, 300);
    assert_int_equal(pair_char(&p, 0, 0), 's');
    uint16_t attrs = client_session_raw(p.client)->row[0]->cell[0].attrs;
    assert_int_equal((attrs & STYLE_STRIKE) != 0, expect_skua);
    pair_fini(&p);
}

static void
test_the_dialect_follows_both_hellos(void **state)
{
    (void)state;
    converge(true, true, true);
    converge(false, true, false);
    converge(false, false, false);
}

static void
test_what_a_stock_peer_cannot_see_wakes_nobody(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, false, true);
    pair_run(&p, 1000);
    struct attachment *a = server_session_attachment(p.server, 0);
    uint64_t sent = attachment_transport_stats(a)->instructions_sent;
    pair_print(&p, "\033[3 q\033[?1h");
    pair_run(&p, 1000);
    assert_int_equal(attachment_transport_stats(a)->instructions_sent, sent);
    pair_fini(&p);
}

static void
test_a_viewer_cannot_type(void **state)
{
    (void)state;
    struct pair p;
    pair_init(&p, true, true);
    const struct attachment_config viewing = { .role = ATTACHMENT_VIEWING,
                                               .key = &(const struct key){ { 9 } },
                                               .says_hello = true,
                                               .path = 1,
                                               .family = PATH_FAMILY_V4,
                                               .rows = 24,
                                               .cols = 80 };
    struct attachment *a = attachment_new(&viewing, p.now_ms);
    struct attachment_input input;
    const struct translate_modes modes = { 0 };
    attachment_take_input(a, &modes, server_session_pty_input(p.server), &input, p.now_ms);
    assert_int_equal(attachment_role(a), ATTACHMENT_VIEWING);
    assert_false(input.has_window);
    assert_false(attachment_has_client(a));
    attachment_free(a);
    pair_fini(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_dialect_follows_both_hellos),
        cmocka_unit_test(test_what_a_stock_peer_cannot_see_wakes_nobody),
        cmocka_unit_test(test_a_viewer_cannot_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
