/* The text is what the host says, already made fit for a terminal. */
#include "facts.h"

#include <stdio.h>
#include <string.h>

bool
facts_find(struct view text, const char *name, char out[FACTS_VALUE_BYTES])
{
    char begin[64];
    bool found = false;
    size_t begin_len = (size_t)snprintf(begin, sizeof begin, "SKUA FACT %s", name);

    while (text.len != 0) {
        const uint8_t *newline = memchr(text.data, '\n', text.len);
        size_t len = newline == NULL ? text.len : (size_t)(newline - text.data);
        struct view line = view_first(text, len);
        text = view_from(text, len + 1);
        if (!view_equal(view_first(line, begin_len), view_of(begin, begin_len)))
            continue;
        line = view_from(line, begin_len);
        if (line.len != 0 && line.data[0] != ' ')
            continue; /* a longer name */
        line = view_from(line, 1);
        while (line.len != 0 && line.data[line.len - 1] == ' ')
            line.len--;
        snprintf(out, FACTS_VALUE_BYTES, "%.*s", (int)line.len, (const char *)line.data);
        found = true;
    }
    return found;
}
