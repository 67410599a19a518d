/*
 * Other processes of the user may not trace this one nor read its memory. Chosen by file: untraceable.c on
 * Linux, untraceable_freebsd.c, untraceable_none.c. Used by rim/limits.c only.
 */
#ifndef SKUA_RIM_UNTRACEABLE_H
#define SKUA_RIM_UNTRACEABLE_H

/* Does what the system can; there is nothing to be done about a failure. */
void untraceable(void);

#endif
