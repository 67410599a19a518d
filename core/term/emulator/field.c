/* Numbers here are OSC codes and indices: nine digits are more than any has and fit an int. */
#include "term/emulator/field.h"

#define NUMBER_MAX_DIGITS 9

struct view
field_take(struct view *text, char separator)
{
    const uint8_t *found = text->len > 0 ? memchr(text->data, separator, text->len) : NULL;
    struct view field = *text;
    if (found != NULL)
        field.len = (size_t)(found - text->data);
    *text = view_from(*text, field.len + 1);
    return field;
}

int
field_number(struct view field)
{
    int n = 0;
    if (field.len < 1 || field.len > NUMBER_MAX_DIGITS)
        return -1;
    for (size_t i = 0; i < field.len; i++) {
        if (field.data[i] < '0' || field.data[i] > '9')
            return -1;
        n = n * 10 + (field.data[i] - '0');
    }
    return n;
}

int
field_hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
