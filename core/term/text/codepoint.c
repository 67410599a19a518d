/* UTF-8 of single code points: RFC 3629 §3. */
#include "term/text/codepoint.h"

size_t
codepoint_encode(uint32_t code_point, uint8_t out[4])
{
    if (code_point < 0x80) {
        out[0] = (uint8_t)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (uint8_t)(0xc0 | code_point >> 6);
        out[1] = (uint8_t)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (uint8_t)(0xe0 | code_point >> 12);
        out[1] = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (code_point & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | code_point >> 18);
    out[1] = (uint8_t)(0x80 | (code_point >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (code_point >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (code_point & 0x3f));
    return 4;
}

static size_t
length_of(uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xe0)
        return 2;
    return lead < 0xf0 ? 3 : 4;
}

uint32_t
codepoint_first(struct view text, struct view *rest)
{
    static const uint8_t lead_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    size_t len = length_of(text.data[0]);
    bool is_bare_tail = text.data[0] >= 0x80 && text.data[0] < 0xc0;
    if (len > text.len || is_bare_tail) {
        *rest = view_from(text, 1);
        return 0xfffd;
    }
    uint32_t code_point = text.data[0] & lead_mask[len];
    for (size_t i = 1; i < len; i++)
        code_point = code_point << 6 | (text.data[i] & 0x3f);
    *rest = view_from(text, len);
    return code_point;
}

bool
codepoint_only(struct view text, uint32_t *out)
{
    if (text.len == 0)
        return false;
    struct view rest;
    uint32_t code_point = codepoint_first(text, &rest);
    if (rest.len > 0)
        return false;
    *out = code_point;
    return true;
}
