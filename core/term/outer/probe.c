/*
 * Every query may be answered once (capabilities thrice: terminals answer names together or apart), in
 * any order, some by a terminal further outside and late. The device attributes, which all terminals
 * answer, are asked for last: when they come, what was not answered before them will hardly be.
 */
#include "term/outer/probe.h"

#include <stdlib.h>

#include "base/mem.h"
#include "term/outer/answer.h"

#define ESC 0x1b

/* Held back: at most one answer that is not complete. */
#define HELD_MAX_BYTES (ANSWER_MAX_BYTES + 2)

enum query_needs { NEEDS_FENCE, NEEDS_PLAIN, NEEDS_STRINGS };

struct query {
    const char *text;
    enum query_needs needs;
    enum answer_kind answer;
    int answers; /* how many at most */
};

static const struct query queries[] = {
    { "\033[>q", NEEDS_PLAIN, ANSWER_VERSION, 1 },
    { "\033[?2026$p\033[?2027$p\033[?1016$p", NEEDS_PLAIN, ANSWER_MODE, 3 },
    { "\033[?u", NEEDS_PLAIN, ANSWER_KEYBOARD, 1 },
    { "\033]10;?\033\\", NEEDS_PLAIN, ANSWER_FOREGROUND, 1 },
    { "\033]11;?\033\\", NEEDS_PLAIN, ANSWER_BACKGROUND, 1 },
    { "\033P+q524742;536D756C78;536574756C63\033\\", NEEDS_STRINGS, ANSWER_CAPABILITY, 3 },
    { "\033[16t", NEEDS_PLAIN, ANSWER_CELL_SIZE, 1 },
    { "\033[c", NEEDS_FENCE, ANSWER_DEVICE, 1 },
};

#define QUERIES (sizeof queries / sizeof queries[0])

struct probe {
    enum known_probes which;
    bool asked, fenced;
    uint64_t asked_ms, held_ms; /* held_ms: since when there is something in held */
    int outstanding[QUERIES];
    struct buf held;
    struct probe_answers answers;
};

struct probe *
probe_new(enum known_probes which)
{
    struct probe *p = mem_new(1, sizeof *p);
    p->which = which;
    buf_init(&p->held, HELD_MAX_BYTES);
    return p;
}

void
probe_free(struct probe *p)
{
    if (p == NULL)
        return;
    buf_fini(&p->held);
    free(p);
}

static bool
may_ask(const struct probe *p, enum query_needs needs)
{
    switch (p->which) {
    case KNOWN_PROBES_ALL: return true;
    case KNOWN_PROBES_NO_STRINGS: return needs != NEEDS_STRINGS;
    case KNOWN_PROBES_FENCE: return needs == NEEDS_FENCE;
    case KNOWN_PROBES_NONE: break;
    }
    return false;
}

void
probe_ask(struct probe *p, struct buf *out, uint64_t now_ms)
{
    if (p->asked)
        return;
    p->asked = true;
    p->asked_ms = now_ms;
    for (size_t i = 0; i < QUERIES; i++) {
        if (!may_ask(p, queries[i].needs))
            continue;
        buf_put_text(out, queries[i].text);
        p->outstanding[i] = queries[i].answers;
    }
}

/* Whether an answer of this kind was asked for and has not come; if so it is struck off. */
static bool
strike(struct probe *p, enum answer_kind kind)
{
    for (size_t i = 0; i < QUERIES; i++) {
        if (queries[i].answer != kind || p->outstanding[i] == 0)
            continue;
        p->outstanding[i]--;
        return true;
    }
    return false;
}

static bool
is_listening(const struct probe *p, uint64_t now_ms)
{
    if (!p->asked || p->which == KNOWN_PROBES_NONE)
        return false;
    return now_ms < p->asked_ms || now_ms - p->asked_ms < PROBE_LATE_MS;
}

static void
take_mode(struct probe_answers *a, uint32_t mode, uint32_t value)
{
    bool can_set = value == 1 || value == 2;
    if (mode == 2026)
        a->sync = can_set;
    else if (mode == 2027)
        a->clusters = can_set;
    else if (mode == 1016)
        a->mouse_pixels = can_set;
}

static int
hex_of(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* One component, one to four hex digits up to a slash or the end, scaled to eight bits. */
static bool
take_component(struct view *text, uint8_t *out)
{
    static const unsigned full[] = { 0, 0xf, 0xff, 0xfff, 0xffff };
    unsigned value = 0;
    size_t digits = 0;
    while (digits < text->len && digits < 5 && hex_of(text->data[digits]) >= 0)
        value = value * 16 + (unsigned)hex_of(text->data[digits++]);
    if (digits == 0 || digits > 4 || (digits < text->len && text->data[digits] != '/'))
        return false;
    *text = view_from(*text, digits + 1);
    *out = (uint8_t)(value * 255 / full[digits]);
    return true;
}

static void
take_color(struct probe_color *out, struct view text)
{
    struct probe_color c = { .known = true };
    if (take_component(&text, &c.red) && take_component(&text, &c.green) &&
        take_component(&text, &c.blue)) {
        /* rgba: has one more, of a terminal that one can see through. */
        uint8_t opacity;
        if (text.len == 0 || (take_component(&text, &opacity) && text.len == 0))
            *out = c;
    }
}

/* A capability's name in hex, in either case. */
static bool
is_name(struct view hex, const char *name)
{
    struct view v = view_of_text(name);
    if (hex.len != 2 * v.len)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if (hex_of(hex.data[2 * i]) * 16 + hex_of(hex.data[2 * i + 1]) != v.data[i])
            return false;
    }
    return true;
}

/* "NAME=VALUE;NAME;..." of what the terminal has. */
static void
take_capabilities(struct probe_answers *a, struct view text)
{
    while (text.len > 0) {
        size_t name = 0, end = 0;
        while (end < text.len && text.data[end] != ';')
            end++;
        while (name < end && text.data[name] != '=')
            name++;
        struct view hex = view_first(text, name);
        a->direct_color |= is_name(hex, "RGB");
        a->underline_styles |= is_name(hex, "Smulx");
        a->underline_color |= is_name(hex, "Setulc");
        text = view_from(text, end + 1);
    }
}

static void
take_name(struct probe_answers *a, struct view text)
{
    text = view_first(text, PROBE_NAME_MAX_BYTES);
    a->name_len = text.len;
    if (text.len > 0)
        memcpy(a->name, text.data, text.len);
}

static void
take_cell_size(struct probe_answers *out, const struct answer *a)
{
    if (a->param[1] == 0 || a->param[1] > UINT16_MAX || a->param[2] == 0 ||
        a->param[2] > UINT16_MAX)
        return;
    out->cell_height_px = (uint16_t)a->param[1];
    out->cell_width_px = (uint16_t)a->param[2];
}

/* bytes: the whole answer, of which an "0+r" or "1+r" tells whether there are capabilities. */
static void
take(struct probe *p, const struct answer *a, struct view bytes)
{
    struct probe_answers *out = &p->answers;
    switch (a->kind) {
    case ANSWER_DEVICE: p->fenced = true; break;
    case ANSWER_MODE: take_mode(out, a->param[0], a->param[1]); break;
    case ANSWER_KEYBOARD: out->keyboard = true; break;
    case ANSWER_CELL_SIZE: take_cell_size(out, a); break;
    case ANSWER_VERSION: take_name(out, a->text); break;
    case ANSWER_CAPABILITY:
        if (bytes.data[2] == '1')
            take_capabilities(out, a->text);
        break;
    case ANSWER_FOREGROUND: take_color(&out->foreground, a->text); break;
    case ANSWER_BACKGROUND: take_color(&out->background, a->text); break;
    case ANSWER_NONE:
    case ANSWER_PARTIAL: break;
    }
}

static void
release(struct probe *p, struct buf *keys)
{
    buf_put(keys, buf_view(&p->held));
    buf_clear(&p->held);
}

/* Look at what is held, which begins with ESC, and take it, let it go, or wait for more. */
static void
look(struct probe *p, struct buf *keys)
{
    struct answer a = answer_parse(buf_view(&p->held));
    if (a.kind == ANSWER_PARTIAL)
        return;
    if (a.kind == ANSWER_NONE || !strike(p, a.kind)) {
        /* The byte that broke it off may begin an answer itself. */
        uint8_t last = p->held.data[p->held.len - 1];
        bool restarts = last == ESC && p->held.len > 1;
        p->held.len -= restarts;
        release(p, keys);
        if (restarts)
            buf_put_u8(&p->held, ESC);
        return;
    }
    take(p, &a, buf_view(&p->held));
    buf_clear(&p->held);
}

/* When what is held is let go. */
static uint64_t
release_ms(const struct probe *p)
{
    return p->held_ms + (p->held.len < 3 ? PROBE_SPLIT_MS : PROBE_REST_MS);
}

void
probe_receive(struct probe *p, struct view in, struct buf *keys, uint64_t now_ms)
{
    probe_tick(p, keys, now_ms);
    if (!is_listening(p, now_ms)) {
        buf_put(keys, in);
        return;
    }
    for (size_t i = 0; i < in.len; i++) {
        uint8_t byte = in.data[i];
        if (p->held.len == 0 && byte != ESC) {
            buf_put_u8(keys, byte);
            continue;
        }
        if (p->held.len == 0)
            p->held_ms = now_ms;
        buf_put_u8(&p->held, byte);
        look(p, keys);
    }
    if (p->held.len > 0)
        p->held_ms = now_ms;
}

void
probe_tick(struct probe *p, struct buf *keys, uint64_t now_ms)
{
    if (p->held.len > 0 && now_ms >= release_ms(p))
        release(p, keys);
}

uint64_t
probe_deadline_ms(const struct probe *p, uint64_t now_ms)
{
    uint64_t deadline = UINT64_MAX;
    if (p->asked && !probe_is_done(p, now_ms))
        deadline = p->asked_ms + PROBE_WAIT_MS;
    if (p->held.len > 0 && release_ms(p) < deadline)
        deadline = release_ms(p);
    return deadline;
}

bool
probe_is_done(const struct probe *p, uint64_t now_ms)
{
    return p->which == KNOWN_PROBES_NONE || p->fenced ||
           (p->asked && now_ms >= p->asked_ms + PROBE_WAIT_MS);
}

bool
probe_is_waiting(const struct probe *p, uint64_t now_ms)
{
    return is_listening(p, now_ms) && !p->fenced;
}

const struct probe_answers *
probe_answers(const struct probe *p)
{
    return &p->answers;
}

void
probe_add_answers(const struct probe_answers *a, struct caps *caps)
{
    known_add_name(view_of(a->name, a->name_len), caps);
    caps->can |= a->sync ? CAPS_CAN_SYNC : 0u;
    caps->can |= a->clusters ? CAPS_CAN_CLUSTERS : 0u;
    caps->can |= a->mouse_pixels ? CAPS_CAN_MOUSE_PIXELS : 0u;
    caps->can |= a->keyboard ? CAPS_CAN_KEYBOARD : 0u;
    caps->can |= a->underline_styles ? CAPS_CAN_UNDERLINE_STYLES : 0u;
    caps->can |= a->underline_color ? CAPS_CAN_UNDERLINE_COLOR : 0u;
    if (a->direct_color)
        caps->colors = CAPS_COLORS_DIRECT;
}
