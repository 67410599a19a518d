/* The one place that knows curses' terminfo. */
#include "endpoints/client/terminfo.h"

#include <stdbool.h>
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

int
terminfo_colors(const char *term)
{
    char capability[] = "colors";
    int err = 0;

    /* With err given setupterm() neither prints nor exits. */
    if (!is_name(term) || setupterm(term, STDOUT_FILENO, &err) != OK)
        return -1;
    int count = tigetnum(capability);
    del_curterm(cur_term);
    return count < 0 ? -1 : count;
}
