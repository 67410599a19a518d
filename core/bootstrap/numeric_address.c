/* IP addresses as text. */
#include "bootstrap/numeric_address.h"

#include <string.h>

#define IN6_GROUPS  8
#define SCOPE_MAX   15
#define GROUP_CHARS 4

static const char mapped_prefix[] = "::ffff:";

static bool
is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_hex(uint8_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The position of the first c in v, or v.len. */
static size_t
find(struct view v, uint8_t c)
{
    size_t at = 0;
    while (at < v.len && v.data[at] != c)
        at++;
    return at;
}

/* One decimal octet: 0..255, no sign, no leading zero. */
static bool
is_octet(struct view v)
{
    unsigned value = 0;
    if (v.len == 0 || v.len > 3 || (v.len > 1 && v.data[0] == '0'))
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if (!is_digit(v.data[i]))
            return false;
        value = value * 10 + (v.data[i] - (unsigned)'0');
    }
    return value <= 255;
}

static bool
is_inet(struct view v)
{
    for (int part = 0; part < 3; part++) {
        size_t dot = find(v, '.');
        if (dot == v.len || !is_octet(view_first(v, dot)))
            return false;
        v = view_from(v, dot + 1);
    }
    return is_octet(v);
}

/* One to four hexadecimal digits. */
static bool
is_group(struct view v)
{
    if (v.len == 0 || v.len > GROUP_CHARS)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if (!is_hex(v.data[i]))
            return false;
    }
    return true;
}

/*
 * Groups between colons, without "::"; an IPv4 form may stand last and counts as two.
 * Returns how many groups, 0 for an empty view, -1 if malformed.
 */
static int
count_groups(struct view v, bool may_end_in_inet)
{
    int groups = 0;
    if (v.len == 0)
        return 0;
    for (;;) {
        size_t colon = find(v, ':');
        struct view part = view_first(v, colon);
        if (colon == v.len && may_end_in_inet && is_inet(part))
            return groups + 2;
        if (!is_group(part) || ++groups > IN6_GROUPS)
            return -1;
        if (colon == v.len)
            return groups;
        v = view_from(v, colon + 1);
    }
}

static bool
is_inet6(struct view v)
{
    for (size_t at = 0; at + 1 < v.len; at++) {
        if (v.data[at] != ':' || v.data[at + 1] != ':')
            continue;
        int before = count_groups(view_first(v, at), false);
        int after = count_groups(view_from(v, at + 2), true);
        return before >= 0 && after >= 0 && before + after < IN6_GROUPS;
    }
    return count_groups(v, true) == IN6_GROUPS;
}

static bool
is_scope(struct view v)
{
    if (v.len == 0 || v.len > SCOPE_MAX)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        uint8_t c = v.data[i];
        if (!is_digit(c) && !is_letter(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return true;
}

/* "::ffff:" in any case before an IPv4 form: the rest; else all of v. */
static struct view
fold_mapped(struct view v)
{
    if (v.len <= sizeof mapped_prefix - 1)
        return v;
    for (size_t i = 0; i < sizeof mapped_prefix - 1; i++) {
        if ((v.data[i] | (is_letter(v.data[i]) ? 0x20 : 0)) != mapped_prefix[i])
            return v;
    }
    struct view rest = view_from(v, sizeof mapped_prefix - 1);
    return is_inet(rest) ? rest : v;
}

enum skua_err
numeric_address_parse(struct view text, struct numeric_address *out)
{
    if (text.len > NUMERIC_ADDRESS_MAX)
        return SKUA_ERR_MALFORMED;
    struct view folded = fold_mapped(text);
    enum numeric_address_family family = NUMERIC_ADDRESS_INET;
    if (!is_inet(folded)) {
        size_t percent = find(folded, '%');
        if (!is_inet6(view_first(folded, percent)))
            return SKUA_ERR_MALFORMED;
        if (percent != folded.len && !is_scope(view_from(folded, percent + 1)))
            return SKUA_ERR_MALFORMED;
        family = NUMERIC_ADDRESS_INET6;
    }
    *out = (struct numeric_address){ .family = family };
    memcpy(out->text, folded.data, folded.len);
    return SKUA_OK;
}

bool
numeric_address_is_loopback(const struct numeric_address *address)
{
    if (address->family == NUMERIC_ADDRESS_INET)
        return memcmp(address->text, "127.", 4) == 0;
    return strcmp(address->text, "::1") == 0;
}
