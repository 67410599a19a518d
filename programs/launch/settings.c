/* Texts by option. Which of two counts is the caller's to say, by the order in which it comes with them. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char *
copy(const char *text)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(mem_new(size, 1), text, size);
}

static void
forget(struct setting *s)
{
    free(s->text);
    free(s->from);
    *s = (struct setting){ 0 };
}

void
settings_say(struct settings *s, enum option_id id, const char *text, const char *from)
{
    forget(&s->of[id]);
    s->of[id] = (struct setting){ .text = copy(text), .from = copy(from) };
}

void
settings_say_first(struct settings *s, enum option_id id, const char *text, const char *from)
{
    if (s->of[id].text == NULL)
        settings_say(s, id, text, from);
}

void
settings_fini(struct settings *s)
{
    for (int id = 0; id < OPTION_SETTINGS; id++)
        forget(&s->of[id]);
}
