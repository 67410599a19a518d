#include "test.h"

#include "term/text/width.h"

static const struct {
    uint32_t first;
    uint32_t last;
    int width;
} expected[] = {
    { 0x00, 0x1F, -1 },         /* C0 */
    { 0x20, 0x7E, 1 },          /* ASCII */
    { 0x7F, 0x9F, -1 },         /* DEL, C1 */
    { 0xA0, 0xFF, 1 },          /* with the soft hyphen */
    { 0x300, 0x36F, 0 },        /* combining marks */
    { 0x903, 0x903, 1 },        /* a spacing mark: wcwidth() says 1 */
    { 0x115F, 0x115F, 2 },      /* jamo */
    { 0x1160, 0x11FF, 0 },      /* medial and final jamo */
    { 0x200B, 0x200F, 0 },      /* ZWSP, ZWNJ, ZWJ, LRM, RLM */
    { 0x202A, 0x202E, 0 },      /* bidi */
    { 0x2500, 0x257F, 1 },      /* box drawing: ambiguous */
    { 0x2764, 0x2764, 1 },      /* heavy heart without VS16 */
    { 0x4E00, 0x9FFF, 2 },      /* CJK */
    { 0xAC00, 0xD7A3, 2 },      /* Hangul syllables */
    { 0xD800, 0xDFFF, -1 },     /* surrogates */
    { 0xE000, 0xF8FF, 1 },      /* private use */
    { 0xFE00, 0xFE0F, 0 },      /* variation selectors */
    { 0xFDD0, 0xFDEF, -1 },     /* noncharacters */
    { 0xFEFF, 0xFEFF, 0 },      /* byte order mark */
    { 0xFFFE, 0xFFFF, -1 },     /* noncharacters */
    { 0x1F1E6, 0x1F1FF, 1 },    /* regional indicators */
    { 0x1F600, 0x1F64F, 2 },    /* emoji */
    { 0x2FA20, 0x2FFFD, 2 },    /* unassigned, East Asian */
    { 0x378, 0x379, 1 },        /* unassigned, elsewhere */
    { 0x1FFFE, 0x1FFFF, -1 },   /* noncharacters of plane 1 */
    { 0x110000, 0x110010, -1 }, /* beyond Unicode */
};

static void
test_widths(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        for (uint32_t c = expected[i].first; c <= expected[i].last; c++)
            assert_int_equal(width_of(c), expected[i].width);
    }
}

static void
test_every_code_point_has_one(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        assert_in_range(width_of(c) + 1, 0, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_every_code_point_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
