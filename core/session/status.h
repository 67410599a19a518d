/*
 * Figures for people: one line on how the session does.
 */
#ifndef SKUA_SESSION_STATUS_H
#define SKUA_SESSION_STATUS_H

#include "net/datagram/link.h"
#include "net/wire/instruction.h"
#include "term/predict/predictor.h"

#define STATUS_TEXT_BYTES 256

struct status {
    const char *server; /* its address in use; NULL: not known */
    uint16_t port;
    const struct link_stats *link;
    uint64_t silent_ms; /* since the server was last heard */
    const struct predict_stats *predict;
    const struct hello *peer;
};

/*
 * Write the line, what is asked for most first, since terminals cut it: where the server is, round trip,
 * loss, last contact; path, predictions, and what the two ends are.
 */
void status_text(const struct status *s, char out[STATUS_TEXT_BYTES]);

#endif
