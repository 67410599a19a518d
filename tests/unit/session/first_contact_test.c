#include "test.h"

#include "session/first_contact.h"

static void
test_tells_then_gives_up_once(void **state)
{
    (void)state;
    struct first_contact f = { .start_ms = 1000 };
    assert_int_equal(first_contact_tend(&f, 1249), FIRST_CONTACT_WAIT);
    assert_int_equal(first_contact_deadline_ms(&f, 1249), 1250);
    assert_int_equal(first_contact_tend(&f, 1250), FIRST_CONTACT_TELL);
    assert_int_equal(first_contact_deadline_ms(&f, 1250), 1750);
    assert_int_equal(first_contact_tend(&f, 15999), FIRST_CONTACT_TELL);
    assert_false(f.has_given_up);
    assert_int_equal(first_contact_tend(&f, 16000), FIRST_CONTACT_GIVE_UP);
    assert_true(f.has_given_up);
    assert_int_equal(first_contact_tend(&f, 16001), FIRST_CONTACT_WAIT);
}

static void
test_notice_goes_with_the_first_word(void **state)
{
    (void)state;
    struct first_contact f = { .start_ms = 0 };
    assert_false(first_contact_end(&f));
    (void)first_contact_tend(&f, 300);
    assert_true(first_contact_end(&f));
    assert_false(first_contact_end(&f));
}

static void
test_text_names_the_port(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 100);
    first_contact_text(60001, &text);
    assert_true(view_equal(buf_view(&text),
                           view_of_text("Nothing received from server on UDP port 60001.")));
    buf_fini(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tells_then_gives_up_once),
        cmocka_unit_test(test_notice_goes_with_the_first_word),
        cmocka_unit_test(test_text_names_the_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
