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
    FEATURE_METERED = 1 << 3,     /* no format: whoever says it has to pay for each packet */
};

/* What this build says of itself, on a metered link or another. */
struct hello features_ours(bool is_metered);

/* Whether the peer has announced a feature that this build knows. */
bool features_have(const struct hello *peer, enum feature feature);

#endif
