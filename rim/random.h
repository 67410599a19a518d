/*
 * Random bytes from the kernel, all of them or none.
 */
#ifndef SKUA_RIM_RANDOM_H
#define SKUA_RIM_RANDOM_H

#include <stddef.h>

#include "rim/fail.h"

/*
 * Fill out with len bytes fit for keys. Waits for the kernel's generator to be seeded (early boot
 * only). Returns SKUA_ERR_SYSTEM, with out wiped, if the kernel gives none: then nothing secret may
 * be made.
 */
enum skua_err random_fill(void *out, size_t len, struct fail *why);

#endif
