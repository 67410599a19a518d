/* Reading traces, and playing them without delay for what each key should lead to. */
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/emulator/emulator.h"

#define LINE_MAX_BYTES (256 * 1024)
#define BYTES_MAX      (128 * 1024)
#define TRACE_KEYS_MAX 8192

static bool
put_hex(struct buf *b, const char *hex)
{
    unsigned byte;
    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2) {
        if (!buf_put_u8(b, (uint8_t)byte) || hex[1] == '\0')
            return false;
    }
    return !b->overflow;
}

static struct trace_key *
add_key(struct key_trace *t)
{
    struct trace_key *k = &t->key[t->keys++];
    buf_init(&k->typed, 64);
    if (t->keys > 1) {
        k->echo = k[-1].echo;
        k->canonical = k[-1].canonical;
    }
    return k;
}

static bool
parse_line(struct key_trace *t, const char *line, char *hex)
{
    unsigned a, b;
    struct trace_key *k = t->keys > 0 ? &t->key[t->keys - 1] : NULL;
    if (sscanf(line, "size %u %u", &a, &b) == 2) {
        t->rows = (int)a;
        t->cols = (int)b;
        add_key(t);
        return screen_size_is_valid(a, b);
    }
    if (k == NULL)
        return false;
    if (sscanf(line, "key %u %s", &a, hex) == 2 && t->keys < TRACE_KEYS_MAX) {
        k = add_key(t);
        k->gap_ms = a;
        k->is_secret = strstr(line, " secret") != NULL;
        return put_hex(&k->typed, hex);
    }
    if (sscanf(line, "out %u %s", &a, hex) == 2 && k->outs < TRACE_OUT_MAX) {
        struct trace_out *out = &k->out[k->outs++];
        out->delay_ms = a;
        buf_init(&out->bytes, BYTES_MAX);
        return put_hex(&out->bytes, hex);
    }
    if (sscanf(line, "tty %u %u", &a, &b) == 2) {
        k->echo = a != 0;
        k->canonical = b != 0;
        return true;
    }
    return false;
}

/* Feed a key's answer; keep the screens after its first line feeds. */
static void
play_key(struct trace_key *k, struct emulator *e)
{
    k->before = emulator_snapshot(e, 0);
    for (int i = 0; i < k->outs; i++) {
        struct view rest = buf_view(&k->out[i].bytes);
        const uint8_t *feed;
        while (k->moves < TRACE_MOVES_MAX && rest.len > 0 &&
               (feed = memchr(rest.data, '\n', rest.len)) != NULL) {
            size_t head = (size_t)(feed - rest.data) + 1;
            emulator_feed(e, view_first(rest, head), 0);
            /* The cursor goes to the start of the line: some programs say so behind the feed. */
            struct screen *moved = screen_copy(emulator_screen(e));
            moved->cursor_col = 0;
            k->moved[k->moves++] = moved;
            rest = view_from(rest, head);
        }
        emulator_feed(e, rest, 0);
    }
    k->after = emulator_snapshot(e, 0);
}

static void
play(struct key_trace *t)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(t->rows, t->cols));
    for (int i = 0; i < t->keys; i++)
        play_key(&t->key[i], e);
    emulator_free(e);
}

struct key_trace *
trace_load(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return NULL;
    }
    struct key_trace *t = mem_new(1, sizeof *t);
    t->key = mem_new(TRACE_KEYS_MAX + 1, sizeof *t->key);
    char *line = mem_new(LINE_MAX_BYTES, 1), *hex = mem_new(LINE_MAX_BYTES, 1);
    bool good = true;
    while (good && fgets(line, LINE_MAX_BYTES, file) != NULL) {
        good = parse_line(t, line, hex);
        if (!good)
            fprintf(stderr, "%s: bad line: %.60s\n", path, line);
    }
    free(hex);
    free(line);
    fclose(file);
    if (!good || t->keys == 0) {
        trace_free(t);
        return NULL;
    }
    play(t);
    return t;
}

void
trace_free(struct key_trace *t)
{
    for (int i = 0; i < t->keys; i++) {
        struct trace_key *k = &t->key[i];
        buf_fini(&k->typed);
        for (int n = 0; n < k->outs; n++)
            buf_fini(&k->out[n].bytes);
        screen_unref(k->before);
        screen_unref(k->after);
        for (int n = 0; n < k->moves; n++)
            screen_unref(k->moved[n]);
    }
    free(t->key);
    free(t);
}
