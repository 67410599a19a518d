/*
 * Which sequences a table has, so that all others can be tried: each control, escape and control
 * sequence with up to one prefix and one intermediate, and the numbers of modes, renditions and OSC.
 */
#ifndef SKUA_TESTS_CONFORMANCE_KNOWN_KEYS_H
#define SKUA_TESTS_CONFORMANCE_KNOWN_KEYS_H

#include "base/view.h"

struct known_keys;

struct known_keys *known_keys_new(void);
void known_keys_free(struct known_keys *k);

/* Note every sequence in bytes. */
void known_keys_add(struct known_keys *k, struct view bytes);

/* Note that SGR first to last do all the same kind of thing. */
void known_keys_add_renditions(struct known_keys *k, int first, int last);

/* Call `each` with an example, as a C string, of every sequence that was not noted. */
void known_keys_each_other(const struct known_keys *k,
                           void (*each)(const char *bytes, void *context), void *context);

#endif
