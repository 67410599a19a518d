/* One letter after a backslash, or x and two digits. */
#include "notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct record notation_record = {
    .colors = 16777216,
    .can = 0x3FF,
    .cell_width_px = 8,
    .cell_height_px = 16,
    .foreground = { true, 0xD0, 0xD0, 0xD0 },
    .background = { true, 0x1E, 0x1E, 0x1E },
    .theme = RECORD_THEME_DARK,
};

void
notation_put_bytes(const char *text, size_t len, struct buf *out)
{
    static const char letters[] = "eabrnt\\|", values[] = "\033\a\b\r\n\t\\|";
    for (size_t i = 0; i < len; i++) {
        const char *letter;
        if (text[i] != '\\' || i + 1 == len) {
            buf_put_u8(out, (uint8_t)text[i]);
        } else if (text[i + 1] == 'x' && i + 3 < len) {
            const char digits[] = { text[i + 2], text[i + 3], 0 };
            buf_put_u8(out, (uint8_t)strtoul(digits, NULL, 16));
            i += 3;
        } else if ((letter = strchr(letters, text[i + 1])) != NULL) {
            buf_put_u8(out, (uint8_t)values[letter - letters]);
            i++;
        } else {
            fprintf(stderr, "conformance: unknown escape: %s\n", text);
            exit(2);
        }
    }
}
