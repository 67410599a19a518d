/* Prompts that ask for secrets: a line that ends in a colon or question mark and names one. */
#include "term/predict/secrecy.h"

#include <string.h>

#include "term/predict/pane.h"

/* A prompt is looked at so far to the left of the cursor. */
#define PROMPT_MAX_BYTES 512

/*
 * Lower case; a word matches where it stands alone, as "pin" does not in "shopping". Those that end
 * in '*' also begin longer words.
 */
static const char *const secrets[] = {
    "pass*", /* password, passphrase, passcode, passwort, passe */
    "pin",
    "pincode",
    "token*",
    "verification*",
    "secret*",
    "otp",
    "one-time*",
    "code",
    "credential*",
    "key*",
    "kennwort*",
    "contrase\xc3\xb1*",
    "senha*",
    "parola*",
    "has\xc5\x82o",
    "heslo*",
    "wachtwoord*",
    "l\xc3\xb6senord*",
    "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb*", /* Russian */
    "\xe5\xaf\x86\xe7\xa0\x81*",                 /* Chinese */
    "\xe3\x83\x91\xe3\x82\xb9*",                 /* Japanese */
};

static bool
is_word_byte(uint8_t byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

static bool
names(const char *text, const char *secret)
{
    size_t len = strlen(secret);
    bool is_stem = secret[len - 1] == '*';
    if (is_stem)
        len--;
    for (const char *at = text; *at != '\0'; at++) {
        if (strncmp(at, secret, len) != 0)
            continue;
        bool begins = at == text || !is_word_byte((uint8_t)at[-1]) || (uint8_t)secret[0] >= 0x80;
        if (begins && (is_stem || !is_word_byte((uint8_t)at[len])))
            return true;
    }
    return false;
}

/* The row left of the cursor in lower case, without blanks at its end. Returns its length. */
static size_t
text_before_cursor(const struct screen *s, char text[PROMPT_MAX_BYTES + 1])
{
    size_t len = 0, end = 0;
    const struct row *r = s->row[s->cursor_row];
    for (int x = 0; x < s->cursor_col; x++) {
        uint8_t scratch[4];
        struct view cell = row_text(r, x, scratch);
        if (cell.len == 0 && r->cell[x].width != CELL_RIGHT_HALF)
            cell = view_of(" ", 1);
        if (cell.len > PROMPT_MAX_BYTES - len) {
            /* Only the end matters: what is left of so long a line is dropped. */
            len = end = 0;
        }
        if (cell.len > 0)
            memcpy(text + len, cell.data, cell.len);
        len += cell.len;
        if (!pane_cell_is_blank(r, x))
            end = len;
    }
    text[end] = '\0';
    for (size_t i = 0; i < end; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] + ('a' - 'A'));
    }
    return end;
}

static bool
asks_for_secret(const struct screen *s)
{
    char text[PROMPT_MAX_BYTES + 1];
    size_t len = text_before_cursor(s, text);
    if (len == 0)
        return false;
    /* The last is the fullwidth colon. */
    bool asks = text[len - 1] == ':' || text[len - 1] == '?' ||
                (len >= 3 && memcmp(text + len - 3, "\xef\xbc\x9a", 3) == 0);
    if (!asks)
        return false;
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        if (names(text, secrets[i]))
            return true;
    }
    return false;
}

bool
secrecy_forbids(const struct screen *s, const struct hints *hints, bool has_echoed)
{
    if (hints->known && hints->canonical)
        return !hints->echo;
    return !has_echoed && asks_for_secret(s);
}
