/* Both read the same tokens; what they allow of them differs. */
#include "tests/lint/lint.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "term/text/codepoint.h"
#include "term/text/utf8.h"
#include "tests/lint/lexer.h"

static bool
is_clean_text(struct view text)
{
    if (!utf8_is_valid(text))
        return false;
    while (text.len > 0) {
        uint32_t c = codepoint_first(text, &text);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            return false;
    }
    return true;
}

static bool
is_one_of(uint32_t value, const uint16_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == value)
            return true;
    }
    return false;
}

static bool
is_char_of(uint8_t byte, const char *list)
{
    return byte != 0 && strchr(list, byte) != NULL;
}

static bool
starts_with(struct view text, const char *start)
{
    struct view v = view_of_text(start);
    return view_equal(view_first(text, v.len), v);
}

static bool
is_base64(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        bool is_digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_digit && !is_char_of(c, "+/="))
            return false;
    }
    return text.len % 4 == 0;
}

static const char *
check_title(struct view title)
{
    size_t points = 0;
    if (!is_clean_text(title))
        return "title with controls";
    while (title.len > 0) {
        uint32_t c = codepoint_first(title, &title);
        if ((c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
            return "title that turns the direction";
        points++;
    }
    return points > 254 ? "title too long" : NULL;
}

static const char *
check_string(const struct token *t, size_t clipboard_max, const char *targets)
{
    struct view s = t->body;
    if (starts_with(s, "0;") || starts_with(s, "1;") || starts_with(s, "2;"))
        return check_title(view_from(s, 2));
    if (!starts_with(s, "52;") || s.len < 5 || !is_char_of(s.data[3], targets) || s.data[4] != ';')
        return "unknown OSC";
    if (s.len - 5 > clipboard_max)
        return "clipboard too large";
    return is_base64(view_from(s, 5)) ? NULL : "clipboard that is no base64";
}

/* 38 and 48 with what follows: how many parameters, or 0 if it is none that may be sent. */
static int
extended_color(const struct token *t, int i)
{
    if (i + 2 < t->params && t->param[i + 1] == 5 && t->param[i + 2] <= 255)
        return 3;
    if (i + 4 < t->params && t->param[i + 1] == 2 && t->param[i + 2] <= 255 &&
        t->param[i + 3] <= 255 && t->param[i + 4] <= 255)
        return 5;
    return 0;
}

static const char *
check_stock_sgr(const struct token *t)
{
    static const uint16_t codes[] = { 0, 1, 3, 4, 5, 7, 8, 22, 23, 24, 25, 27, 28, 39, 49 };
    if (t->has_colon)
        return "SGR with a colon";
    for (int i = 0; i < t->params;) {
        uint32_t code = t->param[i];
        int length = code == 38 || code == 48 ? extended_color(t, i) : 1;
        bool is_color = (code >= 30 && code <= 37) || (code >= 40 && code <= 47) ||
                        (code >= 90 && code <= 97) || (code >= 100 && code <= 107) || code == 38 ||
                        code == 48;
        if (length == 0 || (!is_color && !is_one_of(code, codes, sizeof codes / sizeof *codes)))
            return "SGR that stock misreads";
        i += length;
    }
    return NULL;
}

static const char *
check_stock_csi(const struct token *t)
{
    static const uint16_t modes[] = { 1,    5,    6,    7,    9,    25,   1000, 1001,
                                      1002, 1003, 1004, 1005, 1006, 1007, 1015, 2004 };
    if (t->intermediate != 0 || (t->has_colon && t->byte != 'm'))
        return "CSI that stock does not know";
    if (t->prefix == '?') {
        bool is_mode = is_char_of(t->byte, "hl") && t->params == 1 &&
                       is_one_of(t->param[0], modes, sizeof modes / sizeof *modes);
        return is_mode ? NULL : "mode that stock does not know";
    }
    if (t->prefix != 0)
        return "private CSI";
    if (t->byte == 'm')
        return check_stock_sgr(t);
    if (is_char_of(t->byte, "JK"))
        return t->param[0] <= 2 ? NULL : "ED or EL beyond 2";
    return is_char_of(t->byte, "ABCDGdfH`XLM@PSTr") ? NULL : "CSI that stock does not know";
}

static const char *
check_stock(const struct token *t)
{
    switch (t->kind) {
    case TEXT: return is_clean_text(t->body) ? NULL : "text with controls";
    case CONTROL: return is_char_of(t->byte, "\a\b\n\r") ? NULL : "control";
    case ESCAPE: return is_char_of(t->byte, "78DEM") ? NULL : "escape sequence";
    case CSI: return check_stock_csi(t);
    case OSC: break;
    }
    /* Ended by ST, stock would take its backslash for a sequence of its own. */
    return t->ends_in_bel ? check_string(t, 16379, "c") : "OSC that does not end in BEL";
}

static bool
has(const struct caps *caps, uint32_t can)
{
    return (caps->can & can) == can;
}

static bool
is_outer_mode(uint32_t mode, const struct caps *caps)
{
    static const uint16_t mouse[] = { 9, 1000, 1002, 1003, 1005, 1006, 1015 };
    switch (mode) {
    case 25: return true;
    case 5: return has(caps, CAPS_CAN_REVERSE_VIDEO);
    case 1004: return has(caps, CAPS_CAN_FOCUS);
    case 1007: return has(caps, CAPS_CAN_ALTERNATE_SCROLL);
    case 1016: return has(caps, CAPS_CAN_MOUSE | CAPS_CAN_MOUSE_PIXELS);
    case 2004: return has(caps, CAPS_CAN_PASTE);
    case 2026: return has(caps, CAPS_CAN_SYNC);
    case 2027: return has(caps, CAPS_CAN_CLUSTERS);
    default: break;
    }
    return has(caps, CAPS_CAN_MOUSE) && is_one_of(mode, mouse, sizeof mouse / sizeof *mouse);
}

/* The capability that an attribute's code needs; all bits: it is no code of ours. */
static uint32_t
attribute_needs(uint32_t code)
{
    switch (code) {
    case 0:
    case 1:
    case 4:
    case 5:
    case 7:
    case 22:
    case 24:
    case 25:
    case 27:
    case 39:
    case 49: return 0;
    case 2: return CAPS_CAN_FAINT;
    case 3:
    case 23: return CAPS_CAN_ITALIC;
    case 8:
    case 28: return CAPS_CAN_INVISIBLE;
    case 9:
    case 29: return CAPS_CAN_STRIKE;
    case 53:
    case 55: return CAPS_CAN_OVERLINE;
    case 59: return CAPS_CAN_UNDERLINE_COLOR;
    default: return UINT32_MAX;
    }
}

/* How many parameters the code at i takes; 0: not for this terminal. Colons count as separators. */
static int
outer_sgr_length(const struct token *t, int i, const struct caps *caps)
{
    uint32_t code = t->param[i];
    if (code == 38 || code == 48) {
        int length = extended_color(t, i);
        uint32_t needed = length == 5 ? CAPS_COLORS_DIRECT : 256;
        return caps->colors >= needed ? length : 0;
    }
    if (code == 58 && i + 2 < t->params)
        return !has(caps, CAPS_CAN_UNDERLINE_COLOR) ? 0 : t->param[i + 1] == 5 ? 3 : 6;
    if ((code >= 30 && code <= 37) || (code >= 40 && code <= 47))
        return caps->colors >= 8;
    if ((code >= 90 && code <= 97) || (code >= 100 && code <= 107))
        return caps->colors >= 16;
    uint32_t needs = attribute_needs(code);
    return needs != UINT32_MAX && has(caps, needs);
}

/* 4:n is cut out beforehand: its n would be taken for a code. */
static const char *
check_outer_sgr(struct token t, const struct caps *caps)
{
    bool has_underline = false;
    for (size_t i = 0; i + 2 < t.body.len; i++) {
        bool starts = i == 0 || t.body.data[i - 1] == ';';
        has_underline |= starts && t.body.data[i] == '4' && t.body.data[i + 1] == ':';
    }
    if (has_underline && !has(caps, CAPS_CAN_UNDERLINE_STYLES))
        return "underline style";
    for (int i = 0; i < t.params;) {
        if (has_underline && t.param[i] == 4 && i + 1 < t.params && t.param[i + 1] >= 2 &&
            t.param[i + 1] <= 5) {
            i += 2;
            continue;
        }
        int length = outer_sgr_length(&t, i, caps);
        if (length == 0)
            return "SGR that the terminal lacks";
        i += length;
    }
    return NULL;
}

static const char *
check_outer_csi(const struct token *t, const struct caps *caps)
{
    if (t->prefix == '?')
        return t->intermediate == 0 && is_char_of(t->byte, "hl") && t->params == 1 &&
                       is_outer_mode(t->param[0], caps)
                   ? NULL
                   : "mode that the terminal lacks";
    if (t->prefix == '=')
        return t->byte == 'u' && has(caps, CAPS_CAN_KEYBOARD) ? NULL : "keyboard mode";
    if (t->prefix == '>')
        return t->byte == 'm' && has(caps, CAPS_CAN_MODIFY_OTHER_KEYS) ? NULL : "key modifiers";
    if (t->prefix != 0)
        return "private CSI";
    if (t->intermediate == ' ')
        return t->byte == 'q' && has(caps, CAPS_CAN_CURSOR_STYLE) ? NULL : "cursor style";
    if (t->intermediate != 0)
        return "intermediate";
    if (t->byte == 'm')
        return check_outer_sgr(*t, caps);
    if (t->byte == 'X')
        return has(caps, CAPS_CAN_ERASE_CHARS) ? NULL : "ECH";
    if (t->byte == 'r')
        return t->body.len == 0 || has(caps, CAPS_CAN_SCROLL_REGION) ? NULL : "DECSTBM";
    return is_char_of(t->byte, "ABCDHJK") ? NULL : "CSI";
}

static const char *
check_link(struct view s, const struct caps *caps)
{
    if (!has(caps, CAPS_CAN_LINKS))
        return "link";
    if (view_equal(s, view_of_text("8;;")))
        return NULL;
    bool has_id = starts_with(s, "8;id=r");
    size_t uri = 0;
    for (int semicolons = 0; uri < s.len && semicolons < 2; uri++)
        semicolons += s.data[uri] == ';';
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < 0x20 || s.data[i] > 0x7e)
            return "link that is not ASCII";
    }
    if (!has_id && !starts_with(s, "8;id=n"))
        return "link with parameters that are not ours";
    struct view v = view_from(s, uri);
    if (v.len > 2083 || uri > 250 + 8)
        return "link too long";
    return starts_with(v, "http://") || starts_with(v, "https://") || starts_with(v, "ftp://") ||
                   starts_with(v, "mailto:")
               ? NULL
               : "link with a scheme of its own";
}

/* Messages: of one title and one body, each as long as a screen remembers. */
static const char *
check_message(struct view text)
{
    if (!is_clean_text(text))
        return "notification with controls";
    return text.len > 1100 ? "notification too long" : NULL;
}

static const char *
check_progress(const struct token *t, const struct caps *caps)
{
    unsigned progress = 0, percent = 0;
    for (size_t i = 4; i < t->body.len; i++) {
        uint8_t c = t->body.data[i];
        if (c == ';' && i == 5)
            continue;
        if (c < '0' || c > '9' || i > 8)
            return "progress that is no number";
        if (i < 5)
            progress = c - '0';
        else
            percent = percent * 10 + c - '0';
    }
    return has(caps, CAPS_CAN_PROGRESS) && progress <= 4 && percent <= 100 ? NULL : "progress";
}

static const char *
check_outer_osc(const struct token *t, const struct caps *caps)
{
    if (starts_with(t->body, "9;4;"))
        return check_progress(t, caps);
    if (starts_with(t->body, "9; "))
        return has(caps, CAPS_CAN_NOTIFY_PLAIN) ? check_message(t->body) : "notification";
    if (starts_with(t->body, "99;i=skua"))
        return has(caps, CAPS_CAN_NOTIFY_KITTY) ? check_message(t->body) : "notification";
    if (starts_with(t->body, "777;notify;"))
        return has(caps, CAPS_CAN_NOTIFY) ? check_message(t->body) : "notification";
    if (starts_with(t->body, "8;"))
        return check_link(t->body, caps);
    if (starts_with(t->body, "52;") && !has(caps, CAPS_CAN_CLIPBOARD))
        return "clipboard";
    if (!starts_with(t->body, "52;") && !has(caps, CAPS_CAN_TITLE))
        return "title";
    return check_string(t, (size_t)-1, "cp");
}

static const char *
check_outer_text(struct view text)
{
    if (!is_clean_text(text))
        return "text with controls";
    while (text.len > 0) {
        uint32_t c = codepoint_first(text, &text);
        if ((c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
            return "text that turns the direction";
    }
    return NULL;
}

static const char *
check_outer(const struct token *t, const struct caps *caps)
{
    switch (t->kind) {
    case TEXT: return check_outer_text(t->body);
    case CONTROL: return is_char_of(t->byte, "\a\b\n\r") ? NULL : "control";
    case ESCAPE: return t->byte == 'M' ? NULL : "escape sequence";
    case CSI: return check_outer_csi(t, caps);
    case OSC: break;
    }
    return check_outer_osc(t, caps);
}

const char *
lint_stock(struct view bytes)
{
    struct lexer l = { .rest = bytes };
    const char *wrong = NULL;
    while (l.rest.len > 0 && wrong == NULL) {
        struct token t = lexer_next(&l);
        wrong = l.wrong != NULL ? l.wrong : check_stock(&t);
    }
    return wrong;
}

const char *
lint_outer(struct view bytes, const struct caps *caps)
{
    struct lexer l = { .rest = bytes };
    const char *wrong = NULL;
    while (l.rest.len > 0 && wrong == NULL) {
        struct token t = lexer_next(&l);
        wrong = l.wrong != NULL ? l.wrong : check_outer(&t, caps);
    }
    return wrong;
}
