/* A word has its top bits set where a byte is not printable; a carry can only follow a true hit. */
#include "term/vt/scan.h"

#include <stdint.h>

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

static uint64_t
unprintable(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return ((word - EACH_BYTE(0x20)) | word | (word + EACH_BYTE(0x01))) & EACH_BYTE(0x80);
}

size_t
scan_printable(struct view bytes)
{
    size_t n = 0;
    while (bytes.len - n >= sizeof(uint64_t) && unprintable(bytes.data + n) == 0)
        n += sizeof(uint64_t);
    while (n < bytes.len && (uint8_t)(bytes.data[n] - 0x20) < 0x7F - 0x20)
        n++;
    return n;
}
