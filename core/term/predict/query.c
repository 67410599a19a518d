/* Source: the PostgreSQL documentation, "SQL Commands" and psql, "pager". */
#include "term/predict/query.h"

#include <string.h>

/* These answer with their name. Those of transactions change the prompt, and copy reads lines of its own. */
static const char *const changing[] = { "alter", "analyze", "comment",  "create", "delete", "drop",
                                        "grant", "insert",  "truncate", "update", "vacuum" };

/* Without a grouping they make one row of all. */
static const char *const summing[] = { "avg", "count", "max", "min", "sum" };

#define IS_ONE_OF(word, list) view_is_one_of((word), (list), sizeof(list) / sizeof((list)[0]))
#define WORD_MAX              16

static uint8_t
lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

/* The next word of ASCII letters, in lower case, quoted text left out; empty: there is none, or it is long. */
static struct view
next_word(struct view text, size_t *at, uint8_t out[WORD_MAX])
{
    bool is_quoted = false;
    size_t len = 0;
    for (; *at < text.len; (*at)++) {
        uint8_t byte = lower(text.data[*at]);
        is_quoted = is_quoted != (byte == '\'');
        bool is_letter = !is_quoted && ((byte >= 'a' && byte <= 'z') || byte == '_');
        if (is_letter && len < WORD_MAX)
            out[len++] = byte;
        else if (len > 0)
            break;
    }
    return view_of(out, len);
}

static bool
has_word(struct view text, const char *const *words, size_t count)
{
    uint8_t scratch[WORD_MAX];
    struct view word;
    for (size_t at = 0; (word = next_word(text, &at, scratch)).len > 0;) {
        if (view_is_one_of(word, words, count))
            return true;
    }
    return false;
}

static bool
has(struct view text, const char *word)
{
    return has_word(text, &word, 1);
}

static struct view
verb_of(struct view text, uint8_t scratch[WORD_MAX])
{
    size_t at = 0;
    return next_word(text, &at, scratch);
}

/* Whether it ends with the only ';' of it, all quotes and brackets are closed, and nothing in it is for psql. */
static bool
is_whole(struct view text)
{
    int depth = 0;
    bool is_quoted = false;
    for (size_t i = 0; i + 1 < text.len; i++) {
        uint8_t byte = text.data[i];
        is_quoted = is_quoted != (byte == '\'');
        depth += is_quoted ? 0 : (byte == '(') - (byte == ')');
        bool is_comment = !is_quoted && byte == '-' && text.data[i + 1] == '-';
        if (byte == '\\' || byte == '"' || byte == '$' || is_comment || (byte == ';' && !is_quoted))
            return false;
    }
    return text.len > 0 && text.data[text.len - 1] == ';' && depth == 0 && !is_quoted;
}

/* Whether its answer is a word or two: what was done. */
static bool
changes(struct view text)
{
    uint8_t scratch[WORD_MAX];
    return IS_ONE_OF(verb_of(text, scratch), changing) && !has(text, "returning");
}

/* Whether it makes one row of values. */
static bool
is_single(struct view text)
{
    bool is_sum = has_word(text, summing, sizeof summing / sizeof summing[0]) &&
                  !has(text, "group") && !has(text, "over");
    return !has(text, "union") && (is_sum || !has(text, "from"));
}

/* Whether it ends with "limit", and a number of one digit. */
static bool
is_limited(struct view text)
{
    static const char limit[] = " limit ";
    size_t len = sizeof limit - 1;
    if (text.len < len + 2 || text.data[text.len - 2] < '0' || text.data[text.len - 2] > '9')
        return false;
    for (size_t i = 0; i < len; i++) {
        if (lower(text.data[text.len - 2 - len + i]) != (uint8_t)limit[i])
            return false;
    }
    return true;
}

bool
query_is_brief(struct view text)
{
    uint8_t scratch[WORD_MAX];
    bool is_select = view_equal(verb_of(text, scratch), view_of_text("select"));
    return is_whole(text) &&
           (changes(text) || (is_select && (is_single(text) || is_limited(text))));
}

int
query_rows(struct view text)
{
    /* Names, a rule, values, their count and an empty row. */
    return changes(text) ? 1 : (is_single(text) ? 5 : -1);
}
