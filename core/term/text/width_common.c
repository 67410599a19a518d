/* The pages of width_common(): what is not named here is 0. */
#include "term/text/width.h"

enum page {
    ASK,
    NARROW,
    WIDE,
    LATIN,
    GREEK,
    CYRILLIC,
    PUNCTUATION,
    BOXES,
    KANA,
    LAST_HAN,
    LAST_HANGUL,
    FULLWIDTH
};

enum { N = 1, W = 2, ND = 1 | WIDTH_DISPUTED, WD = 2 | WIDTH_DISPUTED };

const uint8_t width_page_of[256] = {
    [0x00] = LATIN,       [0x01 ... 0x02] = NARROW, [0x03] = GREEK,       [0x04] = CYRILLIC,
    [0x20] = PUNCTUATION, [0x25] = BOXES,           [0x30] = KANA,        [0x4E ... 0x9E] = WIDE,
    [0x9F] = LAST_HAN,    [0xAC ... 0xD6] = WIDE,   [0xD7] = LAST_HANGUL, [0xFF] = FULLWIDTH,
};

const uint8_t width_page[][256] = {
    [ASK] = { 0 },
    [NARROW] = { [0x00 ... 0xFF] = N },
    [WIDE] = { [0x00 ... 0xFF] = W },
    [LATIN] = { [0x20 ... 0x7E] = N, [0xA0 ... 0xFF] = N },
    [GREEK] = { [0x70 ... 0xFF] = ND },
    [CYRILLIC] = { [0x00 ... 0x82] = ND },
    [PUNCTUATION] = { [0x10 ... 0x27] = ND },
    [BOXES] = { [0x00 ... 0x7F] = N, [0x80 ... 0x9F] = ND },
    [KANA] = { [0x01 ... 0x29] = WD, [0x41 ... 0x98] = W, [0x9B ... 0xFF] = W },
    [LAST_HAN] = { [0x00 ... 0xCC] = W, [0xCD ... 0xFF] = WD },
    [LAST_HANGUL] = { [0x00 ... 0xA3] = W },
    [FULLWIDTH] = { [0x01 ... 0x60] = WD },
};
