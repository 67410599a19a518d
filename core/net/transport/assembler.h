/*
 * Fragments that arrived, until they make a whole instruction. Several instructions may be under way,
 * their fragments in any order and any number of times.
 *
 * Ids go forward: a newer instruction may push out an older one, never the other way round. An id that
 * was completed is done with.
 */
#ifndef SKUA_NET_TRANSPORT_ASSEMBLER_H
#define SKUA_NET_TRANSPORT_ASSEMBLER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/view.h"
#include "net/transport/fragment.h"

/* docs/SECURITY.md, "Bounds". */
#define ASSEMBLER_PARTIAL_MAX       4
#define ASSEMBLER_PARTIAL_MAX_BYTES (8 * 1024 * 1024) /* of all together */

/* Ids below the highest completed one that are still told apart; older ones are stale. */
#define ASSEMBLER_WINDOW 1024

struct assembler;

struct assembler *assembler_new(void);
void assembler_free(struct assembler *a);

/*
 * Take a fragment in.
 *
 * whole    Written on SKUA_OK: the bodies in order. Borrowed until the next call, and from f->body.
 * Returns  SKUA_OK when f was the missing one; SKUA_ERR_INCOMPLETE when more are;
 *          SKUA_ERR_DUPLICATE if f or its whole instruction was here already;
 *          SKUA_ERR_STALE if its id is too old to tell, or all places belong to newer ones;
 *          SKUA_ERR_MALFORMED if it contradicts what is here of its id, which stays as it is;
 *          SKUA_ERR_TOO_LARGE if the instruction would pass INSTRUCTION_MAX_BYTES: it is dropped.
 * Source   docs/PROTOCOL.md, "Fragments".
 */
enum skua_err assembler_take(struct assembler *a, const struct fragment *f, struct view *whole);

/* Instructions under way, and the bytes that they hold. For tests and figures. */
size_t assembler_partial_count(const struct assembler *a);
size_t assembler_partial_bytes(const struct assembler *a);

#endif
