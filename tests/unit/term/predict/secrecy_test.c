#include "screen_text.h"

#include "term/predict/secrecy.h"

static bool
forbids(const char *prompt, bool has_echoed)
{
    const struct hints none = { 0 };
    struct screen *s = screen_new(3, 60);
    put_text(s, 1, 0, prompt);
    bool forbidden = secrecy_forbids(s, &none, has_echoed);
    screen_unref(s);
    return forbidden;
}

static void
test_prompts_that_ask_for_secrets(void **state)
{
    (void)state;
    const char *prompts[] = {
        "Password:",
        "Password: ",
        "ann@host's password: ",
        "[sudo] password for ann: ",
        "Enter passphrase for key '/home/ann/.ssh/id': ",
        "Enter PIN for 'card':",
        "PIN? ",
        "Verification code: ",
        "One-time password (OATH) for `ann': ",
        "Personal access token:",
        "Passwort: ",
        "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c: ",
        "\xe5\xaf\x86\xe7\xa0\x81\xef\xbc\x9a",
    };
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++) {
        assert_true(forbids(prompts[i], false));
        assert_false(forbids(prompts[i], true));
    }
}

static void
test_prompts_that_do_not(void **state)
{
    (void)state;
    const char *prompts[] = { "",          "$ ",         "name: ",       "shopping: ",
                              "password$", "decoder: ",  "spinning? ",   "ann@host:~/passage$ ",
                              "host:pw ",  "continue? ", "see password " };
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++)
        assert_false(forbids(prompts[i], false));
}

static void
test_hints_decide(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 40);
    struct hints h = { .known = true, .canonical = true };
    assert_true(secrecy_forbids(s, &h, true));
    put_text(s, 0, 0, "Password: ");
    h.echo = true;
    assert_false(secrecy_forbids(s, &h, false));
    /* ssh inside: the tty here is raw, the prompt is another host's. */
    h.canonical = h.echo = false;
    assert_true(secrecy_forbids(s, &h, false));
    screen_unref(s);
}

static void
test_very_long_rows(void **state)
{
    (void)state;
    const struct hints none = { 0 };
    struct screen *s = screen_new(1, 2000);
    for (int x = 0; x < 1900; x++)
        put_text(s, 0, x, "e\xcc\x81");
    put_text(s, 0, 1900, " password:");
    assert_true(secrecy_forbids(s, &none, false));
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prompts_that_ask_for_secrets),
        cmocka_unit_test(test_prompts_that_do_not),
        cmocka_unit_test(test_hints_decide),
        cmocka_unit_test(test_very_long_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
