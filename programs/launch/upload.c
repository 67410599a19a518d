/* Asks before anything is put on another machine. */
#include "upload.h"

#include <stdio.h>
#include <unistd.h>

#include "payload.h"

const struct upload_payload *
upload_searched(const struct options *o)
{
    bool has_any = payload_table[0].machine != NULL;

    return has_any && o->upload != OPTIONS_UPLOAD_NEVER ? payload_table : NULL;
}

/* Whether the user says yes. The rest of his line is taken too: nothing of it is for the session. */
static bool
ask(const struct options *o, const struct upload_payload *p)
{
    fprintf(stderr, "%s: %s has no server. Copy one to ~/.cache/skua there (%llu kB)? [y/N] ",
            o->label, o->host, (unsigned long long)(p->bytes + 999) / 1000);
    fflush(stderr);
    int first = getchar(), c = first;
    while (c != '\n' && c != EOF)
        c = getchar();
    return first == 'y' || first == 'Y';
}

const struct upload_payload *
upload_choose(const struct options *o, const struct start *start)
{
    if (!start->has_no_server || o->upload == OPTIONS_UPLOAD_NEVER || !isatty(STDIN_FILENO))
        return NULL;
    const struct upload_payload *p = payload_for(start->machine);
    if (p == NULL)
        return NULL;
    bool is_wanted = o->upload == OPTIONS_UPLOAD_ALWAYS || (payload_is_here(p) && ask(o, p));
    return is_wanted ? p : NULL;
}
