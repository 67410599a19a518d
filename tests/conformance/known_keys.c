/* Sets of small numbers: bits. A key is folded to the index of what may be enumerated. */
#include "known_keys.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "term/vt/parser.h"

#define PREFIXES      5  /* none, < = > ? */
#define INTERMEDIATES 17 /* none, 20..2F */
#define FINALS        80 /* 30..7F */
#define KEYS          (PREFIXES * INTERMEDIATES * FINALS)
#define NUMBERS       3000
#define EXAMPLE_MAX   64

struct known_keys {
    bool escape[KEYS], csi[KEYS], dcs[KEYS];
    bool private_mode[NUMBERS], ansi_mode[NUMBERS], rendition[NUMBERS], osc[NUMBERS];
};

static const struct parser_rules rules = {
    .osc_max_bytes = 4096,
    .clipboard_max_bytes = 4096,
    .dcs_max_bytes = 4096,
    .has_colons = true,
    .has_title_string = true,
};

static int
index_of(int prefix, int intermediate, int final)
{
    int p = prefix == 0 ? 0 : prefix - '<' + 1;
    int i = intermediate == 0 ? 0 : intermediate - 0x20 + 1;
    return (p * INTERMEDIATES + i) * FINALS + final - 0x30;
}

/* The index of a key; -1 if it has more than one intermediate. */
static int
index_of_key(uint32_t key)
{
    for (int p = 0; p < PREFIXES; p++) {
        for (int i = 0; i < INTERMEDIATES; i++) {
            int prefix = p == 0 ? 0 : '<' + p - 1, between = i == 0 ? 0 : 0x20 + i - 1;
            int final = (int)(key & 0x7F);
            if (PARSER_KEY((uint32_t)prefix, (uint32_t)between, 0, (uint32_t) final) == key)
                return index_of(prefix, between, final);
        }
    }
    return -1;
}

static void
note(bool *set, int index, int size)
{
    if (index >= 0 && index < size)
        set[index] = true;
}

static void
on_print_ascii(void *context, struct view text)
{
    (void)context, (void)text;
}

static void
on_print(void *context, const uint32_t *code_points, size_t count)
{
    (void)context, (void)code_points, (void)count;
}

static void
on_control(void *context, uint8_t code)
{
    (void)context, (void)code;
}

static void
on_escape(void *context, uint32_t key)
{
    struct known_keys *k = context;
    note(k->escape, index_of_key(key), KEYS);
}

static void
on_csi(void *context, const struct parser_sequence *s)
{
    struct known_keys *k = context;
    int number = parser_param(s, 0, 0);
    bool sets = (s->key & 0x7F) == 'h' || (s->key & 0x7F) == 'l';
    note(k->csi, index_of_key(s->key), KEYS);
    if (sets && s->key == PARSER_KEY('?', 0, 0, s->key & 0x7F))
        note(k->private_mode, number, NUMBERS);
    if (sets && s->key == PARSER_KEY(0, 0, 0, s->key & 0x7F))
        note(k->ansi_mode, number, NUMBERS);
    if (s->key == PARSER_KEY(0, 0, 0, 'm'))
        note(k->rendition, number, NUMBERS);
}

static void
on_osc(void *context, struct view text, bool bel)
{
    struct known_keys *k = context;
    int number = 0;
    (void)bel;
    for (size_t i = 0; i < text.len && text.data[i] >= '0' && text.data[i] <= '9'; i++)
        number = number * 10 + text.data[i] - '0';
    note(k->osc, number, NUMBERS);
}

static void
on_dcs(void *context, const struct parser_sequence *head, struct view body)
{
    struct known_keys *k = context;
    (void)body;
    note(k->dcs, index_of_key(head->key), KEYS);
}

struct known_keys *
known_keys_new(void)
{
    return mem_new(1, sizeof(struct known_keys));
}

void
known_keys_free(struct known_keys *k)
{
    free(k);
}

void
known_keys_add(struct known_keys *k, struct view bytes)
{
    static const struct parser_handler handler = {
        .print_ascii = on_print_ascii,
        .print = on_print,
        .control = on_control,
        .escape = on_escape,
        .csi = on_csi,
        .osc = on_osc,
        .dcs = on_dcs,
    };
    struct parser *p = parser_new(&rules);
    parser_feed(p, bytes, &handler, k);
    parser_free(p);
}

void
known_keys_add_renditions(struct known_keys *k, int first, int last)
{
    for (int n = first; n <= last; n++)
        note(k->rendition, n, NUMBERS);
}

struct visit {
    void (*each)(const char *bytes, void *context);
    void *context;
};

static void
visit_key(const struct visit *v, const struct known_keys *k, int prefix, int between, int final)
{
    static const char *const params[] = { "", "1", "2;3", "1;1;3;4;2" };
    const char before[] = { (char)prefix, 0 }, middle[] = { (char)between, 0 };
    int index = index_of(prefix, between, final);
    char example[EXAMPLE_MAX];
    for (int i = 0; i < 4 && final >= 0x40 && !k->csi[index]; i++) {
        snprintf(example, sizeof example, "\033[%s%s%s%c", before, params[i], middle, final);
        v->each(example, v->context);
    }
    if (final >= 0x40 && !k->dcs[index]) {
        snprintf(example, sizeof example, "\033P%s%s%cm\033\\", before, middle, final);
        v->each(example, v->context);
    }
    /* Right after ESC these open sequences and strings of their own. */
    bool opens = between == 0 && strchr("[]PX^_k", final) != NULL;
    /* Sets that we do not have are all the same one. */
    bool designates = between >= '(' && between <= '/';
    if (prefix == 0 && !opens && !designates && !k->escape[index]) {
        snprintf(example, sizeof example, "\033%s%c", middle, final);
        v->each(example, v->context);
    }
}

static void
visit_number(const struct visit *v, const struct known_keys *k, int n)
{
    static const char *const texts[] = { "",        ";x",         ";?",        ";1;?",
                                         ";c;aGk=", ";file://h/", ";;http://x" };
    char example[EXAMPLE_MAX];
    for (int on = 0; on < 2; on++) {
        if (!k->private_mode[n]) {
            snprintf(example, sizeof example, "\033[?%d%c", n, on ? 'h' : 'l');
            v->each(example, v->context);
        }
        if (!k->ansi_mode[n] && n < 100) {
            snprintf(example, sizeof example, "\033[%d%c", n, on ? 'h' : 'l');
            v->each(example, v->context);
        }
    }
    if (!k->rendition[n] && n < 256) {
        snprintf(example, sizeof example, "\033[%dm", n);
        v->each(example, v->context);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !k->osc[n]; i++) {
        snprintf(example, sizeof example, "\033]%d%s\a", n, texts[i]);
        v->each(example, v->context);
    }
}

void
known_keys_each_other(const struct known_keys *k, void (*each)(const char *bytes, void *context),
                      void *context)
{
    const struct visit v = { .each = each, .context = context };
    for (int p = 0; p < PREFIXES; p++) {
        for (int i = 0; i < INTERMEDIATES; i++) {
            for (int final = 0x30; final < 0x7F; final++)
                visit_key(&v, k, p == 0 ? 0 : '<' + p - 1, i == 0 ? 0 : 0x20 + i - 1, final);
        }
    }
    for (int n = 0; n < NUMBERS; n++)
        visit_number(&v, k, n);
}
