/* Short byte strings with decimal numbers in them; no printf, since every cell may need one. */
#include "term/display/sequence.h"

#include <assert.h>
#include <string.h>

void
sequence_byte(struct sequence *s, char byte)
{
    assert(s->len < sizeof s->bytes);
    s->bytes[s->len++] = byte;
}

void
sequence_text(struct sequence *s, const char *text)
{
    size_t len = strlen(text);
    assert(len <= sizeof s->bytes - s->len);
    memcpy(s->bytes + s->len, text, len);
    s->len += len;
}

void
sequence_number(struct sequence *s, unsigned number)
{
    char digits[10];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0)
        sequence_byte(s, digits[--count]);
}

void
sequence_repeat(struct sequence *s, char byte, int count)
{
    for (int i = 0; i < count && s->len < sizeof s->bytes; i++)
        s->bytes[s->len++] = byte;
}

void
sequence_csi(struct sequence *s, int number, char final)
{
    sequence_text(s, "\033[");
    if (number != 1)
        sequence_number(s, (unsigned)number);
    sequence_byte(s, final);
}

struct view
sequence_view(const struct sequence *s)
{
    return view_of(s->bytes, s->len);
}
