/* The one place that knows curses' terminfo. */
#include "endpoints/client/terminfo.h"

#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#define NAME_MAX_BYTES 128 /* longer than any in a database; the name becomes part of a path */

static bool
is_name(const char *term)
{
    size_t len = strnlen(term, NAME_MAX_BYTES + 1);
    return len != 0 && len <= NAME_MAX_BYTES && strchr(term, '/') == NULL && term[0] != '.';
}

/* Make a terminal the current one; del_curterm() ends it. */
static bool
enter(const char *term)
{
    int err = 0;
    /* With err given setupterm() neither prints nor exits. */
    return is_name(term) && setupterm(term, STDOUT_FILENO, &err) == OK;
}

int
terminfo_colors(const char *term)
{
    char capability[] = "colors";
    if (!enter(term))
        return -1;
    int count = tigetnum(capability);
    del_curterm(cur_term);
    return count < 0 ? -1 : count;
}

bool
terminfo_is_known(const char *term)
{
    bool is_known = enter(term);
    if (is_known)
        del_curterm(cur_term);
    return is_known;
}
