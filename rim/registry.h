/*
 * The user's sessions on this host, for the other processes of the same user: a file for each in
 * ~/.local/state/skua/run/HOST, locked by the session's process for as long as that lives. So who is
 * there is told by the kernel, and not by what a crash has left behind. Not in $XDG_RUNTIME_DIR, which
 * goes with the last login while sessions stay.
 *
 * Source: docs/decisions, "The registry of sessions".
 */
#ifndef SKUA_RIM_REGISTRY_H
#define SKUA_RIM_REGISTRY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/view.h"
#include "rim/fail.h"

#define REGISTRY_ID_CHARS  32 /* 128 random bits as hexadecimal digits */
#define REGISTRY_TEXT_MAX  1024
#define REGISTRY_VISIT_MAX 1024 /* files that are looked at; nobody has as many sessions */

/* This process's own entry. */
struct registry;

/*
 * Make an entry. The process must not fork and go on in the child afterwards, nor open the file again.
 * SKUA_ERR_SYSTEM with *why, and *out NULL, where there is no home, no room, or a folder in the way
 * that others can write in.
 */
enum skua_err registry_enter(struct registry **out, struct fail *why);

/* Say what the entry's text is now; more than REGISTRY_TEXT_MAX bytes are cut. r may be NULL. */
void registry_write(struct registry *r, struct view text);

/* Remove it. NULL is fine. */
void registry_leave(struct registry *r);

/* Another process's entry. */
struct registry_entry {
    char id[REGISTRY_ID_CHARS + 1];
    pid_t pid; /* who holds the lock */
    uint8_t text[REGISTRY_TEXT_MAX];
    size_t len;
};

typedef void registry_visit_fn(void *context, const struct registry_entry *entry);

/*
 * Call visit for each session of the user on this host but the caller's own; in no order. Entries of
 * processes that are gone are removed.
 */
void registry_visit(registry_visit_fn *visit, void *context);

/* Whether the session of that ID is there. */
bool registry_has(const char *id);

#endif
