/*
 * Plain text, whole control sequences and the insides of strings are found as runs and handed over or
 * appended in one piece; only what is left (pieces cut by the end of a read, malformed text, all that is
 * rare) goes through the decoder and the table of states, one code point at a time. Both ways give the
 * same tokens.
 * Code points from U+00A0 on behave as letters: printed on the ground, in a sequence an unknown final.
 */
#include "term/vt/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "term/text/codepoint.h"
#include "term/text/utf8.h"
#include "term/vt/scan.h"

enum state {
    GROUND,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    HEAD_ENTRY, /* of CSI or DCS, right after the introducer */
    HEAD_PARAM,
    HEAD_INTERMEDIATE,
    HEAD_IGNORE,
    DCS_BODY,
    OSC_TEXT,
    STRING, /* SOS, PM, APC, and bodies that nobody wants: swallowed */
};

enum control {
    BEL = 0x07,
    CAN = 0x18,
    SUB = 0x1A,
    ESC = 0x1B,
    DEL = 0x7F,
    C1_DCS = 0x90,
    C1_SOS = 0x98,
    C1_CSI = 0x9B,
    C1_ST = 0x9C,
    C1_OSC = 0x9D,
    C1_PM = 0x9E,
    C1_APC = 0x9F,
    C1_END = 0xA0,
};

#define INTERMEDIATES_MAX 2
#define CLIPBOARD_PREFIX  "52;"
#define PREFIX_BYTES      (sizeof CLIPBOARD_PREFIX - 1)
#define TEXT_KEEP_BYTES   4096 /* memory kept between strings */
#define POINTS_RUN        64   /* characters handed over at once */
#define VALUE_DIGITS      9    /* of a parameter whose value fits in a word whatever they are */

struct parser {
    const struct parser_rules *rules;
    const struct parser_handler *handler; /* during a feed */
    void *context;
    enum state state;
    bool is_dcs; /* whose head is being read */
    struct utf8_decoder decoder;
    struct parser_sequence sequence; /* key unset until complete */
    uint8_t prefix;
    uint8_t intermediate[INTERMEDIATES_MAX];
    int intermediates;           /* may pass INTERMEDIATES_MAX: unknown then */
    int param_chars;             /* seen so far */
    bool overflowed;             /* some value is over PARSER_PARAM_MAX */
    bool discarding;             /* the string passed its maximum */
    struct buf text;             /* of the string being read */
    uint32_t points[POINTS_RUN]; /* during a feed: on the stack it would be wiped for each run */
};

struct parser *
parser_new(const struct parser_rules *rules)
{
    struct parser *p = mem_new(1, sizeof *p);
    p->rules = rules;
    size_t most = rules->osc_max_bytes;
    most = rules->clipboard_max_bytes > most ? rules->clipboard_max_bytes : most;
    most = rules->dcs_max_bytes > most ? rules->dcs_max_bytes : most;
    buf_init(&p->text, most);
    return p;
}

void
parser_free(struct parser *p)
{
    if (p == NULL)
        return;
    buf_fini(&p->text);
    free(p);
}

bool
parser_is_ground(const struct parser *p)
{
    return p->state == GROUND && p->decoder.needed == 0;
}

static bool
is_string(enum state s)
{
    return s == OSC_TEXT || s == DCS_BODY || s == STRING;
}

static void
begin_head(struct parser *p, bool is_dcs)
{
    p->state = HEAD_ENTRY;
    p->is_dcs = is_dcs;
    p->sequence.count = 1;
    p->sequence.subs[0] = 1;
    p->sequence.value[0][0] = PARSER_MISSING;
    p->prefix = 0;
    p->intermediates = 0;
    p->param_chars = 0;
    p->overflowed = false;
}

static void
begin_text(struct parser *p, enum state state)
{
    p->state = state;
    p->discarding = false;
}

static size_t
text_max(const struct parser *p)
{
    if (p->state == DCS_BODY)
        return p->rules->dcs_max_bytes;
    if (p->text.len >= PREFIX_BYTES && memcmp(p->text.data, CLIPBOARD_PREFIX, PREFIX_BYTES) == 0)
        return p->rules->clipboard_max_bytes;
    return p->rules->osc_max_bytes;
}

static void
append(struct parser *p, struct view bytes)
{
    if (p->state == STRING || p->discarding)
        return;
    if (bytes.len > text_max(p) - p->text.len) {
        p->discarding = true;
        buf_fini(&p->text);
        return;
    }
    buf_put(&p->text, bytes);
}

/* The string has ended: report it, unless it was too long or was called off. */
static void
end_text(struct parser *p, uint32_t by)
{
    bool aborted = by == CAN || by == SUB;
    if (p->state == OSC_TEXT && !p->discarding && (!aborted || p->rules->abort_reports))
        p->handler->osc(p->context, buf_view(&p->text), by == BEL);
    else if (p->state == DCS_BODY && !p->discarding && !aborted)
        p->handler->dcs(p->context, &p->sequence, buf_view(&p->text));
    buf_clear(&p->text);
    buf_shrink(&p->text, TEXT_KEEP_BYTES);
}

static uint32_t
key_of(const struct parser *p, uint32_t final)
{
    if (p->intermediates > INTERMEDIATES_MAX || final >= DEL)
        return PARSER_KEY_UNKNOWN;
    return PARSER_KEY(p->prefix, p->intermediates > 0 ? p->intermediate[0] : 0,
                      p->intermediates > 1 ? p->intermediate[1] : 0, final);
}

static void
collect(struct parser *p, uint32_t c)
{
    if (p->intermediates < INTERMEDIATES_MAX)
        p->intermediate[p->intermediates] = (uint8_t)c;
    if (p->intermediates <= INTERMEDIATES_MAX)
        p->intermediates++;
}

static void
settle_overflow(struct parser *p)
{
    struct parser_sequence *s = &p->sequence;
    int settled = p->rules->overflow_is_missing ? PARSER_MISSING : PARSER_PARAM_MAX;
    for (int i = 0; i < s->count; i++) {
        for (int j = 0; j < s->subs[i]; j++) {
            if (s->value[i][j] > PARSER_PARAM_MAX)
                s->value[i][j] = settled;
        }
    }
}

static void
end_head(struct parser *p, uint32_t final)
{
    if (p->overflowed)
        settle_overflow(p);
    p->sequence.key = key_of(p, final);
    if (p->is_dcs) {
        begin_text(p, p->rules->dcs_max_bytes > 0 ? DCS_BODY : STRING);
        return;
    }
    p->state = GROUND;
    p->handler->csi(p->context, &p->sequence);
}

/* Returns false if the sequence has room for no more. */
static bool
add_separator(struct parser *p, uint32_t c)
{
    struct parser_sequence *s = &p->sequence;
    uint8_t *subs = &s->subs[s->count - 1];
    if (c == ':') {
        if (*subs == PARSER_SUBPARAMS_MAX)
            return false;
        s->value[s->count - 1][(*subs)++] = PARSER_MISSING;
        return true;
    }
    if (s->count == PARSER_PARAMS_MAX)
        return false;
    s->subs[s->count] = 1;
    s->value[s->count++][0] = PARSER_MISSING;
    return true;
}

static void
add_digit(struct parser *p, int digit)
{
    struct parser_sequence *s = &p->sequence;
    int *value = &s->value[s->count - 1][s->subs[s->count - 1] - 1];
    if (*value == PARSER_MISSING)
        *value = 0;
    *value = *value * 10 + digit;
    if (*value > PARSER_PARAM_MAX) {
        *value = PARSER_PARAM_MAX + 1;
        p->overflowed = true;
    }
}

static void
param(struct parser *p, uint32_t c)
{
    p->state = HEAD_PARAM;
    if (c == ':' && !p->rules->has_colons) {
        p->state = HEAD_IGNORE;
        return;
    }
    if (p->rules->params_max_chars > 0 && p->param_chars == p->rules->params_max_chars)
        return;
    p->param_chars += p->rules->params_max_chars > 0;
    if (c >= '0' && c <= '9')
        add_digit(p, (int)(c - '0'));
    else if (!add_separator(p, c))
        p->state = HEAD_IGNORE;
}

/* CSI and DCS heads alike; in a DCS no control is executed. */
static void
head(struct parser *p, uint32_t c)
{
    if (c < 0x20) {
        if (!p->is_dcs)
            p->handler->control(p->context, (uint8_t)c);
    } else if (c == DEL) {
        return;
    } else if (c >= 0x40) {
        if (p->state != HEAD_IGNORE)
            end_head(p, c);
        else
            p->state = p->is_dcs ? STRING : GROUND;
    } else if (p->state == HEAD_IGNORE) {
        return;
    } else if (c < 0x30) {
        collect(p, c);
        p->state = HEAD_INTERMEDIATE;
    } else if (p->state == HEAD_INTERMEDIATE) {
        p->state = HEAD_IGNORE;
    } else if (c <= ';') {
        param(p, c);
    } else if (p->state == HEAD_ENTRY) {
        p->prefix = (uint8_t)c;
        p->state = HEAD_PARAM;
    } else {
        p->state = HEAD_IGNORE;
    }
}

/* A final right after ESC that opens a sequence or a string. Returns false if c is none. */
static bool
introduce(struct parser *p, uint32_t c)
{
    switch (c) {
    case '[':
    case C1_CSI: begin_head(p, false); return true;
    case 'P':
    case C1_DCS: begin_head(p, true); return true;
    case ']':
    case C1_OSC: begin_text(p, OSC_TEXT); return true;
    case 'X':
    case '^':
    case '_':
    case C1_SOS:
    case C1_PM:
    case C1_APC: p->state = STRING; return true;
    case 'k':
        if (p->rules->has_title_string)
            p->state = STRING;
        return p->rules->has_title_string;
    default: return false;
    }
}

static void
escape(struct parser *p, uint32_t c)
{
    if (c < 0x20) {
        p->handler->control(p->context, (uint8_t)c);
    } else if (c < 0x30) {
        collect(p, c);
        p->state = ESCAPE_INTERMEDIATE;
    } else if (c != DEL && !(p->state == ESCAPE && introduce(p, c))) {
        p->state = GROUND;
        p->handler->escape(p->context, key_of(p, c));
    }
}

/* What has the same effect in every state. */
static void
anywhere(struct parser *p, uint32_t c)
{
    if (is_string(p->state))
        end_text(p, c);
    p->state = GROUND;
    if (c == ESC) {
        p->state = ESCAPE;
        p->prefix = 0;
        p->intermediates = 0;
    } else if ((c < C1_DCS || !introduce(p, c)) && c != C1_ST) {
        p->handler->control(p->context, (uint8_t)c);
    }
}

static void
text(struct parser *p, uint32_t c)
{
    if (c >= 0x20) {
        uint8_t bytes[4];
        append(p, view_of(bytes, codepoint_encode(c, bytes)));
    } else if (c == BEL && p->state == OSC_TEXT) {
        end_text(p, c);
        p->state = GROUND;
    }
}

static void
take(struct parser *p, uint32_t c)
{
    if (c == CAN || c == SUB || c == ESC || (c > DEL && c < C1_END)) {
        anywhere(p, c);
        return;
    }
    switch (p->state) {
    case GROUND:
        if (c < 0x20)
            p->handler->control(p->context, (uint8_t)c);
        else if (c != DEL)
            p->handler->print(p->context, &c, 1);
        break;
    case ESCAPE:
    case ESCAPE_INTERMEDIATE: escape(p, c); break;
    case HEAD_ENTRY:
    case HEAD_PARAM:
    case HEAD_INTERMEDIATE:
    case HEAD_IGNORE: head(p, c); break;
    case DCS_BODY:
    case OSC_TEXT:
    case STRING: text(p, c); break;
    }
}

/* A run of plain bytes inside a string. Returns its length, which may be 0. */
static size_t
take_text(struct parser *p, struct view bytes)
{
    size_t run = scan_printable(bytes);
    if (run == 0)
        return 0;
    /* The maximum hangs on the first bytes: look at those before the rest is weighed. */
    if (p->state == OSC_TEXT && !p->discarding && p->text.len < PREFIX_BYTES &&
        run > PREFIX_BYTES - p->text.len)
        run = PREFIX_BYTES - p->text.len;
    append(p, view_first(bytes, run));
    return run;
}

/*
 * The parameters at the front of bytes, as far as each has few enough digits to need no care. Returns
 * their length.
 */
static size_t
take_params(struct parser *p, struct view bytes)
{
    struct parser_sequence *s = &p->sequence;
    int *value = &s->value[0][0];
    size_t at = 0;
    for (;;) {
        size_t first = at;
        unsigned sum = 0, digit;
        for (; at < bytes.len && (digit = bytes.data[at] - (unsigned)'0') <= 9; at++)
            sum = sum * 10 + digit;
        if (at - first > VALUE_DIGITS)
            return first;
        p->overflowed |= sum > PARSER_PARAM_MAX;
        if (at > first)
            *value = (int)sum;
        bool goes_on = at < bytes.len && (bytes.data[at] == ';' || bytes.data[at] == ':');
        if (!goes_on || (bytes.data[at] == ':' && !p->rules->has_colons) ||
            !add_separator(p, bytes.data[at]))
            return at;
        at++;
        value = &s->value[s->count - 1][s->subs[s->count - 1] - 1];
    }
}

/*
 * A control sequence that is all there and made of parameters and a final, as nearly all are. Returns
 * its length, or 0 for any other: those go through the states, byte by byte.
 */
static size_t
take_csi(struct parser *p, struct view bytes)
{
    size_t at = 2;
    if (bytes.len <= at || bytes.data[1] != '[' || p->rules->params_max_chars > 0)
        return 0;
    begin_head(p, false);
    p->state = GROUND;
    if (bytes.data[at] >= '<' && bytes.data[at] <= '?')
        p->prefix = bytes.data[at++];
    at += take_params(p, view_from(bytes, at));
    if (at >= bytes.len || bytes.data[at] < 0x40 || bytes.data[at] >= DEL)
        return 0;
    end_head(p, bytes.data[at]);
    return at + 1;
}

/* What begins on the ground and can be taken in one piece. Returns its length, or 0. */
static size_t
take_piece(struct parser *p, struct view bytes)
{
    uint8_t first = bytes.data[0];
    size_t used = 0;
    if (first >= 0x20 && first < DEL) {
        used = scan_printable(bytes);
        p->handler->print_ascii(p->context, view_first(bytes, used));
    } else if (first > DEL) {
        size_t count = 0;
        used = utf8_run(bytes, p->points, POINTS_RUN, &count);
        if (used > 0)
            p->handler->print(p->context, p->points, count);
    } else if (first == ESC) {
        used = take_csi(p, bytes);
    } else if (first != DEL && first != CAN && first != SUB) {
        p->handler->control(p->context, first);
        used = 1;
    }
    return used;
}

static void
take_byte(struct parser *p, uint8_t byte)
{
    uint32_t out[2];
    int count = utf8_push(&p->decoder, byte, out);
    for (int i = 0; i < count; i++)
        take(p, out[i]);
}

void
parser_feed(struct parser *p, struct view bytes, const struct parser_handler *handler,
            void *context)
{
    p->handler = handler;
    p->context = context;
    while (bytes.len > 0) {
        size_t used = 0;
        if (p->decoder.needed == 0 && p->state == GROUND)
            used = take_piece(p, bytes);
        else if (p->decoder.needed == 0 && is_string(p->state))
            used = take_text(p, bytes);
        if (used == 0) {
            take_byte(p, bytes.data[0]);
            used = 1;
        }
        bytes = view_from(bytes, used);
    }
    p->handler = NULL;
    p->context = NULL;
}
