/* Test vectors as text. */
#ifndef SKUA_TESTS_UNIT_NET_HEX_H
#define SKUA_TESTS_UNIT_NET_HEX_H

#include "test.h"

#include "base/view.h"

/* The bytes that hex digits in text stand for; blanks are skipped. Writes at most max into out. */
static inline struct view
hex_bytes(const char *text, uint8_t *out, size_t max)
{
    size_t digits = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        const char *all = "0123456789abcdef";
        const char *found = strchr(all, *text | 0x20);
        assert_non_null(found);
        assert_true(digits / 2 < max);
        unsigned value = (unsigned)(found - all);
        out[digits / 2] = (uint8_t)(digits % 2 == 0 ? value << 4 : out[digits / 2] | value);
        digits++;
    }
    assert_int_equal(digits % 2, 0);
    return view_of(out, digits / 2);
}

static inline void
assert_bytes_equal(struct view got, struct view expected)
{
    assert_int_equal(got.len, expected.len);
    if (got.len > 0)
        assert_memory_equal(got.data, expected.data, got.len);
}

#endif
