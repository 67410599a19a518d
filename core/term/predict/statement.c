/* Source: The Python Language Reference, 2 and 7; the builtin functions and methods of its Library. */
#include "term/predict/statement.h"

#include <string.h>

/* These ask nobody, whatever they are given of what a line can make. */
static const char *const harmless[] = {
    "and",       "else",   "in",     "is",     "not",        "or",    "abs",        "all",
    "any",       "append", "bin",    "bool",   "chr",        "count", "dict",       "endswith",
    "enumerate", "extend", "float",  "format", "get",        "hex",   "index",      "int",
    "items",     "join",   "keys",   "len",    "list",       "lower", "max",        "min",
    "ord",       "pop",    "print",  "range",  "replace",    "repr",  "reversed",   "round",
    "set",       "sort",   "sorted", "split",  "splitlines", "sqrt",  "startswith", "str",
    "strip",     "sum",    "title",  "tuple",  "type",       "upper", "values",     "zip",
};

/* Lines that begin so run other code, or go on in the next line. */
static const char *const leading[] = {
    "async", "await",  "class",  "def",   "del",  "exec",  "exit", "for",   "from", "global",
    "if",    "import", "lambda", "match", "quit", "raise", "try",  "while", "with", "yield",
};

static bool
is_letter(uint8_t byte)
{
    return byte == '_' || byte >= 0x80 || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* The word that ends before byte `end`. */
static struct view
word_before(struct view text, size_t end)
{
    while (end > 0 && text.data[end - 1] == ' ')
        end--;
    size_t from = end;
    while (from > 0 && is_letter(text.data[from - 1]))
        from--;
    return view_of(text.data + from, end - from);
}

/* Whether what is called by the bracket at `at` is known; one behind an operator calls nothing. */
static bool
calls_harmless(struct view text, size_t at)
{
    struct view word = word_before(text, at);
    bool is_result = at > 0 && (text.data[at - 1] == ')' || text.data[at - 1] == ']');
    return !is_result &&
           (word.len == 0 || view_is_one_of(word, harmless, sizeof harmless / sizeof harmless[0]));
}

/* What is open at a byte of a line. */
struct nesting {
    uint8_t quote;
    int depth;
    bool is_broken;
};

static void
nest(struct nesting *n, struct view text, size_t i)
{
    uint8_t byte = text.data[i];
    if (n->quote != 0) {
        n->quote = byte == n->quote ? 0 : n->quote;
    } else if (byte == '\'' || byte == '"') {
        n->quote = byte;
    } else if (byte == '(' || byte == '[' || byte == '{') {
        n->depth++;
        n->is_broken = n->is_broken || (byte == '(' && !calls_harmless(text, i));
    } else if (byte == ')' || byte == ']' || byte == '}') {
        n->depth--;
    }
}

bool
statement_is_brief(struct view text)
{
    struct nesting n = { 0 };
    size_t word = 0;
    while (word < text.len && is_letter(text.data[word]))
        word++;
    if (view_is_one_of(view_first(text, word), leading, sizeof leading / sizeof leading[0]))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        /* A backslash may hide a quote, or the end of the line; ';' and '@' begin something else. */
        if (memchr("\\;@`!", text.data[i], 5) != NULL)
            return false;
        nest(&n, text, i);
    }
    bool goes_on = text.len > 0 && text.data[text.len - 1] == ':';
    return n.quote == 0 && n.depth == 0 && !n.is_broken && !goes_on;
}

static bool
assigns(struct view text)
{
    struct nesting n = { 0 };
    for (size_t i = 0; i < text.len; i++) {
        nest(&n, text, i);
        if (text.data[i] != '=' || n.quote != 0 || n.depth != 0 || i == 0)
            continue;
        bool is_pair = i + 1 < text.len && text.data[i + 1] == '=';
        bool is_compared = memchr("=<>!", text.data[i - 1], 4) != NULL;
        if (!is_pair && !is_compared)
            return true;
    }
    return false;
}

/* Methods that change their object and give nothing back. */
static const char *const changing[] = { "append", "extend", "sort" };

int
statement_rows(struct view text)
{
    if (text.len == 0 || assigns(text))
        return 0;
    bool changes = false;
    for (size_t i = 0; i < text.len; i++) {
        struct view word = word_before(text, i);
        changes = changes || (text.data[i] == '(' &&
                              view_is_one_of(word, changing, sizeof changing / sizeof changing[0]));
    }
    /* print(x, end='') */
    bool has_option = memchr(text.data, '=', text.len) != NULL;
    return changes ? 0 : (has_option ? -1 : 1);
}
