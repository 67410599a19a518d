/* Compressed bytes of a peer: bounded whatever they are, and what we pack comes back as it was. */
#include "net/transport/deflate.h"
#include "net/wire/instruction.h"
#include "target.h"

static void
check_roundtrip(struct deflate *d, struct view plain)
{
    struct buf packed, back;
    buf_init(&packed, 2 * INSTRUCTION_MAX_BYTES);
    buf_init(&back, INSTRUCTION_MAX_BYTES);
    assert(deflate_pack(d, plain, &packed) == SKUA_OK);
    assert(deflate_unpack(d, buf_view(&packed), &back) == SKUA_OK);
    assert(view_equal(buf_view(&back), plain));
    buf_fini(&back);
    buf_fini(&packed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view in = view_of(data, size);
    struct deflate *d = deflate_new(DEFLATE_SCREENS);
    struct buf plain;
    buf_init(&plain, INSTRUCTION_MAX_BYTES);
    if (deflate_unpack(d, in, &plain) == SKUA_OK)
        check_roundtrip(d, buf_view(&plain));
    else
        assert(plain.len == 0);
    check_roundtrip(d, in);
    buf_fini(&plain);
    deflate_free(d);
    return 0;
}
