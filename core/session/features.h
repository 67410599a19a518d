/*
 * What a peer understands beyond stock: the bits of its hello. Announced by both ends in every
 * instruction, constant for an attachment; used only once both have announced them.
 */
#ifndef SKUA_SESSION_FEATURES_H
#define SKUA_SESSION_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "net/wire/instruction.h"

/* The version of the hello itself. */
#define FEATURES_HELLO_VERSION 1

/* Bits of hello.features: they travel, so a bit is never given a second meaning. */
enum feature {
    FEATURE_SKUA_SCREEN = 1 << 0, /* host extensions 1000 and 1001 */
    FEATURE_HINTS = 1 << 1,       /* host extension 1002 */
    FEATURE_RECORD = 1 << 2,      /* user extension 1000 */
};

/* What this build says of itself. */
struct hello features_ours(void);

/* Whether both ends have announced a feature. */
bool features_have(const struct hello *peer, enum feature feature);

#endif
