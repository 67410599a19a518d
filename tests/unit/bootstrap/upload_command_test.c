#include "test.h"

#include <string.h>

#include "bootstrap/upload_command.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static const struct upload_payload payloads[] = {
    { .machine = "Linux-x86_64", .folder = "1.0-x86_64-ba78", .sha256 = SHA, .bytes = 12345 },
    { .machine = "Linux-aarch64", .folder = "1.0-aarch64-ba78", .sha256 = SHA, .bytes = 7 },
    { 0 },
};

/* What a login shell of any kind passes on unharmed in single quotes. */
static void
assert_tame(const struct buf *b)
{
    assert_false(b->overflow);
    for (size_t i = 0; i < b->len; i++) {
        assert_true(b->data[i] >= ' ' && b->data[i] < 0x7f);
        assert_null(strchr("'!\\", b->data[i]));
    }
}

static bool
holds(struct buf *b, const char *text)
{
    buf_put_u8(b, '\0');
    b->len--;
    return strstr((const char *)b->data, text) != NULL;
}

static void
test_every_payload_is_looked_for(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 65536);
    upload_command_put_functions(&out);
    upload_command_put_search(payloads, &out);
    assert_tame(&out);
    assert_true(holds(&out, "Linux-x86_64) d=1.0-x86_64-ba78; k=" SHA ";;"));
    assert_true(holds(&out, "Linux-aarch64) d=1.0-aarch64-ba78;"));
    buf_fini(&out);
}

static void
test_one_payload_is_taken_in(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 65536);
    upload_command_put_functions(&out);
    upload_command_put_intake(&payloads[0], &out);
    assert_tame(&out);
    assert_true(holds(&out, "w=12345; k=" SHA ";"));
    assert_true(holds(&out, "f=$b/1.0-x86_64-ba78;"));
    assert_true(holds(&out, "exit 73;"));
    assert_int_equal(UPLOAD_COMMAND_REFUSED, 73);
    buf_fini(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_payload_is_looked_for),
        cmocka_unit_test(test_one_payload_is_taken_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
