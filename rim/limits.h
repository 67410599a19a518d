/*
 * What the kernel may write down of us, and how much we may open. Tightened before there is a key,
 * and given back to the user's shell.
 */
#ifndef SKUA_RIM_LIMITS_H
#define SKUA_RIM_LIMITS_H

#include <sys/resource.h>

/* docs/SECURITY.md, "Sandbox". */
#define LIMITS_DESCRIPTORS 1024

/* The limits that a process was started with. */
struct limits {
    struct rlimit core, descriptors;
};

/*
 * No core dump, and no other process of the user may trace us or read our memory. What was before
 * is written to *before.
 */
void limits_harden(struct limits *before);

/* Open at most LIMITS_DESCRIPTORS descriptors from now on, fewer if the limit was lower. */
void limits_descriptors(void);

/* In a child before exec: the limits that limits_harden() found. Traceable again after exec. */
void limits_restore(const struct limits *before);

#endif
