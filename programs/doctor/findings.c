/* A list with two faces. */
#include "findings.h"

#include <stdarg.h>

#include "base/buf.h"
#include "term/text/json.h"

#define JSON_MAX_BYTES (FINDINGS_MAX * FINDINGS_TEXT_BYTES * 16)

static const struct {
    const char *word, *mark;
} words[] = {
    [FINDING_OK] = { "ok", "ok" },
    [FINDING_UNKNOWN] = { "unknown", "?" },
    [FINDING_WARNING] = { "warning", "!" },
    [FINDING_FAILURE] = { "failure", "FAIL" },
};

void
findings_add(struct findings *f, const char *name, enum finding_status status, const char *format,
             ...)
{
    va_list args;

    if (f->count == FINDINGS_MAX)
        return;
    struct finding *new = &f->of[f->count++];
    *new = (struct finding){ .name = name, .status = status };
    va_start(args, format);
    vsnprintf(new->text, sizeof new->text, format, args);
    va_end(args);
}

void
findings_advise(struct findings *f, const char *format, ...)
{
    va_list args;

    if (f->count == 0)
        return;
    struct finding *last = &f->of[f->count - 1];
    va_start(args, format);
    vsnprintf(last->advice, sizeof last->advice, format, args);
    va_end(args);
}

enum finding_status
findings_worst(const struct findings *f)
{
    enum finding_status worst = FINDING_OK;

    for (size_t i = 0; i < f->count; i++) {
        if (f->of[i].status > worst)
            worst = f->of[i].status;
    }
    return worst;
}

void
findings_print(const struct findings *f, FILE *to)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct finding *one = &f->of[i];
        fprintf(to, "%-4s  %-11s  %s\n", words[one->status].mark, one->name, one->text);
        if (one->advice[0] != '\0')
            fprintf(to, "                   -> %s\n", one->advice);
    }
}

static void
put_pair(struct buf *out, const char *name, const char *value)
{
    buf_putf(out, "\"%s\": ", name);
    json_put_text(out, view_of_text(value));
}

void
findings_print_json(const struct findings *f, const char *host, FILE *to)
{
    struct buf out;

    buf_init(&out, JSON_MAX_BYTES);
    buf_put_text(&out, "{");
    if (host != NULL) {
        put_pair(&out, "host", host);
        buf_put_text(&out, ", ");
    }
    put_pair(&out, "status", words[findings_worst(f)].word);
    buf_put_text(&out, ", \"checks\": [");
    for (size_t i = 0; i < f->count; i++) {
        const struct finding *one = &f->of[i];
        buf_put_text(&out, i == 0 ? "\n  {" : ",\n  {");
        put_pair(&out, "name", one->name);
        buf_put_text(&out, ", ");
        put_pair(&out, "status", words[one->status].word);
        buf_put_text(&out, ", ");
        put_pair(&out, "text", one->text);
        buf_put_text(&out, ", ");
        put_pair(&out, "advice", one->advice);
        buf_put_text(&out, "}");
    }
    buf_put_text(&out, "\n]}\n");
    fwrite(out.data, 1, out.len, to);
    buf_fini(&out);
}
