#include "reply_check.h"

#include <assert.h>

#include "base/reader.h"
#include "term/emulator/emulator.h"

#define ESC 0x1B
#define BEL 0x07

static bool
is_in(uint8_t byte, const char *set)
{
    return byte != 0 && strchr(set, byte) != NULL;
}

/* Parameters and intermediates, then one final byte. */
static void
check_csi(struct reader *r)
{
    uint8_t byte;
    do
        byte = reader_u8(r);
    while (byte >= 0x20 && byte <= 0x3F);
    assert(!r->failed && is_in(byte, "cnRtuyxm"));
}

/* A string without controls up to ST, or BEL for an OSC. A shell's metacharacters are not in it. */
static void
check_string(struct reader *r, bool is_osc)
{
    uint8_t byte;
    size_t digits = 0;
    for (byte = reader_u8(r); byte >= 0x20 && byte < 0x7F; byte = reader_u8(r)) {
        assert(!r->failed);
        assert(is_in(byte, "0123456789abcdefABCDEF;:/=.+!|>$~()rgskumpq* \""));
        digits += byte >= '0' && byte <= '9';
    }
    assert(!r->failed && digits > 0);
    if (!is_osc || byte != BEL)
        assert(byte == ESC && reader_u8(r) == '\\');
}

void
reply_check(struct view replies)
{
    struct reader r = reader_of(replies);
    assert(replies.len <= EMULATOR_REPLIES_MAX_BYTES);
    while (r.rest.len > 0) {
        assert(reader_u8(&r) == ESC);
        uint8_t introducer = reader_u8(&r);
        assert(is_in(introducer, "[P]"));
        if (introducer == '[')
            check_csi(&r);
        else
            check_string(&r, introducer == ']');
    }
}
