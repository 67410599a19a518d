/* Matches hosts. A star that came up short tries again one character on: only the last one needs to. */
#include "bootstrap/host_pattern.h"

static uint8_t
lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool
fits_one(struct view pattern, struct view host)
{
    size_t p = 0, h = 0, star = pattern.len, retry = 0;

    while (h < host.len) {
        if (p < pattern.len && pattern.data[p] == '*') {
            star = p++;
            retry = h;
        } else if (p < pattern.len &&
                   (pattern.data[p] == '?' || lower(pattern.data[p]) == lower(host.data[h]))) {
            p++;
            h++;
        } else if (star < pattern.len) {
            p = star + 1;
            h = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

static struct view
take_word(struct view *list)
{
    size_t from = 0, to;

    while (from < list->len && (list->data[from] == ' ' || list->data[from] == '\t'))
        from++;
    for (to = from; to < list->len && list->data[to] != ' ' && list->data[to] != '\t';)
        to++;
    struct view word = view_first(view_from(*list, from), to - from);
    *list = view_from(*list, to);
    return word;
}

bool
host_pattern_fits(struct view patterns, struct view host)
{
    bool fits = false;

    for (;;) {
        struct view word = take_word(&patterns);
        if (word.len == 0)
            return fits;
        bool negated = word.data[0] == '!';
        if (!fits_one(negated ? view_from(word, 1) : word, host))
            continue;
        if (negated)
            return false;
        fits = true;
    }
}
