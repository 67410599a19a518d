/* What was painted, measured by what the program did without delay. */
#include "score.h"

#include <string.h>

#define HELD_MAX 64 /* keys that a client may hold before it paints */

static bool
cell_reads_as(const struct screen *a, const struct screen *b, int y, int x)
{
    uint8_t sa[4], sb[4];
    struct view va = row_text(a->row[y], x, sa), vb = row_text(b->row[y], x, sb);
    if (va.len == 1 && va.data[0] == ' ')
        va.len = 0;
    if (vb.len == 1 && vb.data[0] == ' ')
        vb.len = 0;
    return view_equal(va, vb);
}

static bool
cursors_equal(const struct screen *a, const struct screen *b)
{
    return a->cursor_row == b->cursor_row && a->cursor_col == b->cursor_col;
}

/* What a program suggests is its own idea, not the key's effect: fish shows it dim. */
static bool
is_suggested(const struct screen *s, int y, int x)
{
    uint32_t fg = s->row[y]->cell[x].fg;
    return fg == color_palette(8) || fg == color_palette(240) || fg == color_rgb(0x55, 0x55, 0x55);
}

/* Whether all that a key changed from `before` to `after` is painted. */
static bool
shows_effect(const struct screen *painted, const struct screen *before, const struct screen *after)
{
    if (!cursors_equal(painted, after))
        return false;
    /* Rulers and clocks elsewhere change as well: that is no answer to a key. */
    bool down = after->cursor_row >= before->cursor_row;
    int first = down ? before->cursor_row : after->cursor_row;
    int last = down ? after->cursor_row : before->cursor_row;
    for (int y = first; y <= last; y++) {
        for (int x = 0; x < after->cols; x++) {
            bool is_effect =
                !cell_reads_as(before, after, y, x) && !is_suggested(after, y, x) &&
                !(is_suggested(before, y, x) && cell_is_empty(&after->row[y]->cell[x]));
            if (is_effect && !cell_reads_as(painted, after, y, x))
                return false;
        }
    }
    return true;
}

/* How wrong what was predicted is, measured by what the key really led to. */
static double
wrongness(const struct screen *painted, const struct screen *raw, const struct screen *after)
{
    double wrong = 0;
    if (!cursors_equal(painted, raw) && !cursors_equal(painted, after))
        return 1;
    for (int y = 0; y < after->rows; y++) {
        for (int x = 0; x < after->cols; x++) {
            if (cell_reads_as(painted, raw, y, x) || cell_reads_as(painted, after, y, x))
                continue;
            bool is_tail = y == painted->cursor_row && x >= painted->cursor_col;
            if (!is_tail)
                return 1;
            wrong = 0.5;
        }
    }
    return wrong;
}

/*
 * The same by the key that the picture is of: the newest ones may be held, and what is painted is then
 * right for an earlier key.
 */
static double
least_wrong(const struct key_trace *t, const struct screen *painted, const struct screen *raw,
            int index)
{
    double least = 1;
    for (int k = index; k > 0 && k > index - HELD_MAX && least > 0; k--) {
        const struct trace_key *key = &t->key[k];
        double wrong = wrongness(painted, raw, key->after);
        least = wrong < least ? wrong : least;
        for (int m = 0; m < key->moves; m++) {
            wrong = wrongness(painted, raw, key->moved[m]);
            least = wrong < least ? wrong : least;
        }
    }
    return least;
}

/* Whether something is painted that neither the server nor the truth has: of a key without echo. */
static bool
leaks(const struct screen *painted, const struct screen *raw, const struct trace_key *k)
{
    for (int y = 0; y < raw->rows; y++) {
        for (int x = 0; x < raw->cols; x++) {
            bool is_true = cell_reads_as(painted, raw, y, x) ||
                           cell_reads_as(painted, k->after, y, x) ||
                           cell_reads_as(painted, k->before, y, x);
            if (!is_true && painted->row[y]->cell[x].text > ' ')
                return true;
        }
    }
    return false;
}

/* Keys that edit a line, besides text. */
static const char *const edits[] = {
    "\x7f",   "\x08",   "\033OD",  "\033OC",    "\033[D",    "\033[C", "\033OH",   "\033OF",
    "\033[H", "\033[F", "\033[3~", "\033[1;5D", "\033[1;5C", "\x01",   "\x05",     "\x0b",
    "\x15",   "\x17",   "\x19",    "\033b",     "\033f",     "\033d",  "\033\x7f",
};

static bool
changes(const struct trace_key *k)
{
    if (!cursors_equal(k->before, k->after))
        return true;
    for (int x = 0; x < k->after->cols; x++) {
        if (!cell_reads_as(k->before, k->after, k->after->cursor_row, x))
            return true;
    }
    return false;
}

/* Whether the text of the cell at y, x, or left of it, is what was typed. */
static bool
reads_typed(const struct screen *s, int y, int x, struct view typed)
{
    while (x > 0 && s->row[y]->cell[x].width == CELL_RIGHT_HALF)
        x--;
    uint8_t scratch[4];
    struct view text = row_text(s->row[y], x, scratch);
    if (text.len == 0)
        text = view_of(" ", 1);
    return view_equal(text, typed);
}

bool
score_is_edit(const struct trace_key *k)
{
    struct view typed = buf_view(&k->typed);
    if (k->is_secret || typed.len == 0)
        return false;
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        if (view_equal(typed, view_of(edits[i], strlen(edits[i]))))
            return changes(k);
    }
    if (typed.data[0] < ' ' || cursors_equal(k->before, k->after))
        return false;
    const struct screen *after = k->after;
    bool is_behind = after->cursor_col > 0 &&
                     reads_typed(after, after->cursor_row, after->cursor_col - 1, typed);
    return is_behind || reads_typed(after, k->before->cursor_row, k->before->cursor_col, typed);
}

bool
score_shows(const struct screen *painted, const struct trace_key *k)
{
    if (shows_effect(painted, k->before, k->after))
        return true;
    for (int m = 0; m < k->moves; m++) {
        if (shows_effect(painted, k->before, k->moved[m]))
            return true;
    }
    return false;
}

const char *
score_key(struct typing_score *score, const struct key_trace *t, int index,
          const struct screen *painted, const struct screen *raw)
{
    const struct trace_key *k = &t->key[index];
    bool leaked = k->is_secret && painted != raw && leaks(painted, raw, k);
    bool instant = score_shows(painted, k), is_edit = score_is_edit(k);
    double wrong = instant || painted == raw ? 0 : least_wrong(t, painted, raw, index);
    score->keys++;
    score->leaks += leaked;
    score->instant += instant;
    score->edits += is_edit;
    score->edits_instant += is_edit && instant;
    score->wrong += wrong;
    if (leaked)
        return "LEAK";
    if (wrong > 0)
        return "WRONG";
    return instant ? NULL : (is_edit ? "missed" : "other");
}

void
score_latency(struct typing_score *score, uint64_t ms)
{
    score->latencies++;
    score->latency_sum_ms += ms;
    score->latency[ms < SCORE_LATENCY_MS ? ms : SCORE_LATENCY_MS - 1]++;
}

unsigned
score_quantile_ms(const struct typing_score *score, double part)
{
    uint64_t seen = 0, wanted = (uint64_t)(part * score->latencies);
    for (unsigned ms = 0; ms < SCORE_LATENCY_MS; ms++) {
        seen += score->latency[ms];
        if (seen > wanted)
            return ms;
    }
    return SCORE_LATENCY_MS;
}

/* Whether the cell at y, x of s is what a key up to `index` really led to, before more came. */
static bool
was_true(const struct key_trace *t, int index, const struct screen *s, int y, int x)
{
    for (int k = index; k > 0 && k > index - HELD_MAX; k--) {
        const struct trace_key *key = &t->key[k];
        bool is_true = cell_reads_as(s, key->after, y, x);
        for (int m = 0; m < key->moves && !is_true; m++)
            is_true = cell_reads_as(s, key->moved[m], y, x);
        if (is_true)
            return true;
    }
    return false;
}

unsigned
score_flicker(const struct key_trace *t, int index, const struct screen *was,
              const struct screen *was_raw, const struct screen *now)
{
    unsigned cells = 0;
    for (int y = 0; was != was_raw && y < now->rows; y++) {
        for (int x = 0; was->row[y] != was_raw->row[y] && x < now->cols; x++)
            cells += !cell_reads_as(was, was_raw, y, x) && !cell_reads_as(was, now, y, x) &&
                     !was_true(t, index, was, y, x);
    }
    return cells;
}

void
score_add(struct typing_score *sum, const struct typing_score *s)
{
    sum->keys += s->keys;
    sum->instant += s->instant;
    sum->edits += s->edits;
    sum->edits_instant += s->edits_instant;
    sum->wrong += s->wrong;
    sum->leaks += s->leaks;
    sum->flicker += s->flicker;
    sum->latencies += s->latencies;
    sum->latency_sum_ms += s->latency_sum_ms;
    for (unsigned ms = 0; ms < SCORE_LATENCY_MS; ms++)
        sum->latency[ms] += s->latency[ms];
}
