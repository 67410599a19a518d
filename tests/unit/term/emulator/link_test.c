#include "test.h"

#include "term/emulator/link.h"
#include "terminal.h"

static struct view
link_at(struct emulator *e, int x)
{
    struct style style = row_style(emulator_screen(e)->row[0], x);
    return payload_view(style.link);
}

static void
expect_link(struct emulator *e, int x, const char *link)
{
    assert_true(view_equal(link_at(e, x), view_of_text(link)));
}

static void
test_links_with_an_id_are_shared(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]8;id=i;http://a\aX\033]8;;\aY\033]8;k=v:id=i;http://a\aZ");
    struct style x = row_style(emulator_screen(e)->row[0], 0);
    struct style z = row_style(emulator_screen(e)->row[0], 2);
    expect_link(e, 0, "id=i;http://a");
    expect_link(e, 1, "");
    assert_ptr_equal(x.link, z.link);
    emulator_free(e);
}

/* A program cannot choose the number of one; a peer has numbered its own already. */
static void
test_links_without_an_id_are_told_apart(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]8;;http://a\aX\033]8;n=1;http://a\aY\033]8;id=;http://a\aZ");
    expect_link(e, 0, "n=1;http://a");
    expect_link(e, 1, "n=2;http://a");
    expect_link(e, 2, "n=3;http://a");
    emulator_free(e);
    e = terminal_new(EMULATOR_HOST_SKUA);
    terminal_feed(e, "\033]8;n=7;http://a\aX\033]8;;http://a\aY");
    expect_link(e, 0, "n=7;http://a");
    expect_link(e, 1, ";http://a");
    emulator_free(e);
}

/* "OSC 8 ; id=<ids of i> ; http://<u of u> BEL c" */
static void
feed_link(struct emulator *e, size_t id, size_t uri, const char *behind)
{
    struct buf out;
    buf_init(&out, 8192);
    buf_put_text(&out, "\033]8;id=");
    for (size_t i = 0; i < id; i++)
        buf_put_u8(&out, 'i');
    buf_put_text(&out, ";");
    for (size_t i = 0; i < uri; i++)
        buf_put_u8(&out, 'u');
    buf_put_text(&out, behind);
    emulator_feed(e, buf_view(&out), 0);
    buf_fini(&out);
}

static void
test_sizes_are_bounded(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    feed_link(e, LINK_ID_MAX_BYTES, LINK_URI_MAX_BYTES, "\aX");
    assert_int_equal(link_at(e, 0).len, 3 + LINK_ID_MAX_BYTES + 1 + LINK_URI_MAX_BYTES);
    feed_link(e, LINK_ID_MAX_BYTES + 1, 1, "\aX");
    assert_int_equal(link_at(e, 1).len, 0);
    feed_link(e, 1, LINK_URI_MAX_BYTES + 1, "\aX");
    assert_int_equal(link_at(e, 2).len, 0);
    emulator_free(e);
}

static void
test_a_flood_leaves_room_again(void **state)
{
    (void)state;
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(4, 2000));
    char text[64];
    for (int i = 0; i < 3 * LINKS_MAX; i++) {
        snprintf(text, sizeof text, "\033]8;;http://%d\aX%s", i, i % 2000 == 0 ? "\033[H" : "");
        terminal_feed(e, text);
    }
    terminal_feed(e, "\033[H\033]8;id=i;http://last\aX");
    expect_link(e, 0, "id=i;http://last");
    emulator_free(e);
}

static void
test_a_table_full_of_links_in_use_drops_the_next(void **state)
{
    (void)state;
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(4, 2000));
    char text[64];
    for (int i = 0; i < LINKS_MAX; i++) {
        snprintf(text, sizeof text, "\033]8;;http://%d\aX", i);
        terminal_feed(e, text);
    }
    terminal_feed(e, "\033]8;;http://one-too-many\a\033[4;1HX");
    struct style style = row_style(emulator_screen(e)->row[3], 0);
    assert_null(style.link);
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links_with_an_id_are_shared),
        cmocka_unit_test(test_links_without_an_id_are_told_apart),
        cmocka_unit_test(test_sizes_are_bounded),
        cmocka_unit_test(test_a_flood_leaves_room_again),
        cmocka_unit_test(test_a_table_full_of_links_in_use_drops_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
