#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "net/crypto/crypto_start.h"
#include "net/crypto/sha256.h"

static void
expect(struct view text, const char *digest)
{
    char out[SHA256_TEXT_CHARS + 1];
    sha256_text(text, out);
    assert_string_equal(out, digest);
}

/* FIPS 180-4's examples, as NIST publishes them beside it. */
static void
test_vectors(void **state)
{
    (void)state;
    assert_int_equal(crypto_start(), SKUA_OK);
    expect((struct view){ 0 }, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(view_of_text("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(view_of_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    expect(view_of(million, 1000000),
           "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_vectors) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
