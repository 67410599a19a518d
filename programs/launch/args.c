/* The words of a command that we run. */
#include "args.h"

void
args_add(struct args *a, const char *word)
{
    if (a->count == ARGS_MAX) {
        a->overflow = true;
        return;
    }
    a->word[a->count++] = word;
    a->word[a->count] = NULL;
}
