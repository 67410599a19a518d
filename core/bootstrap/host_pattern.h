/*
 * Host patterns, as ssh_config's Host lines have them.
 */
#ifndef SKUA_BOOTSTRAP_HOST_PATTERN_H
#define SKUA_BOOTSTRAP_HOST_PATTERN_H

#include <stdbool.h>

#include "base/view.h"

/*
 * Whether a host is meant by a list of patterns between blanks: one of them fits, and none of those with a
 * '!' in front does. '*' stands for any characters, '?' for one; case does not count.
 *
 * Takes at most len(patterns) * len(host) steps.
 * Source  ssh_config(5), "PATTERNS".
 */
bool host_pattern_fits(struct view patterns, struct view host);

#endif
