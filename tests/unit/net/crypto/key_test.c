#include "test.h"

#include "net/crypto/key.h"

static void
test_known_keys(void **state)
{
    (void)state;
    struct key key;
    assert_int_equal(key_parse(view_of_text("AAECAwQFBgcICQoLDA0ODw"), &key), SKUA_OK);
    for (int i = 0; i < KEY_BYTES; i++)
        assert_int_equal(key.bytes[i], i);

    char text[KEY_TEXT_CHARS + 1];
    key_text(&key, text);
    assert_string_equal(text, "AAECAwQFBgcICQoLDA0ODw");

    memset(key.bytes, 0xff, sizeof key.bytes);
    key_text(&key, text);
    assert_string_equal(text, "/////////////////////w");
    key_wipe(&key);
    key_text(&key, text);
    assert_string_equal(text, "AAAAAAAAAAAAAAAAAAAAAA");
}

/* Every value of every sextet, there and back. */
static void
test_round_trip(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 256; seed++) {
        struct key key, back;
        for (unsigned i = 0; i < KEY_BYTES; i++)
            key.bytes[i] = (uint8_t)(seed * 167 + i * i * 29 + (seed * i >> 3));
        char text[KEY_TEXT_CHARS + 1];
        key_text(&key, text);
        assert_int_equal(strlen(text), KEY_TEXT_CHARS);
        assert_int_equal(key_parse(view_of_text(text), &back), SKUA_OK);
        assert_memory_equal(back.bytes, key.bytes, KEY_BYTES);
    }
}

static void
test_wrong_forms_are_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "",
        "AAECAwQFBgcICQoLDA0OD",    /* 21 */
        "AAECAwQFBgcICQoLDA0ODwA",  /* 23 */
        "AAECAwQFBgcICQoLDA0ODw==", /* padded */
        "AAECAwQFBgcICQoLDA0OD ",
        " AAECAwQFBgcICQoLDA0OD",
        "AAECAwQFBgcICQoLDA0-Dw", /* URL-safe alphabet */
        "AAECAwQFBgcICQoLDA0_Dw",
        "AAECAwQFBgcICQoLDA0ODB", /* not canonical */
        "AAECAwQFBgcICQoLDA0ODP",
        "AAECAwQFBgcICQoLDA0OD=",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct key key = { { 42 } };
        assert_int_equal(key_parse(view_of_text(wrong[i]), &key), SKUA_ERR_MALFORMED);
        assert_int_equal(key.bytes[0], 42);
    }
}

/* Each byte value at each place: 64 are in the alphabet, 4 of these may come last. */
static void
test_alphabet_is_exact(void **state)
{
    (void)state;
    const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t place = 0; place < KEY_TEXT_CHARS; place++) {
        const char *legal = place == KEY_TEXT_CHARS - 1 ? "AQgw" : alphabet;
        for (int value = 0; value < 256; value++) {
            uint8_t text[KEY_TEXT_CHARS];
            memset(text, 'A', sizeof text);
            text[place] = (uint8_t)value;
            struct key key;
            enum skua_err got = key_parse(view_of(text, sizeof text), &key);
            bool expected = value != 0 && strchr(legal, value) != NULL;
            assert_int_equal(got, expected ? SKUA_OK : SKUA_ERR_MALFORMED);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_keys),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_wrong_forms_are_refused),
        cmocka_unit_test(test_alphabet_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
