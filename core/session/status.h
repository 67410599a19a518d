/*
 * Figures for people: one line on how the session does.
 */
#ifndef SKUA_SESSION_STATUS_H
#define SKUA_SESSION_STATUS_H

#include "net/datagram/link.h"
#include "net/wire/instruction.h"
#include "term/predict/predictor.h"

#define STATUS_TEXT_BYTES 160

/* Write the line: round trip, datagrams each way, addresses used, predictions, the peer's kind. */
void status_text(const struct link_stats *link, const struct predict_stats *predict,
                 const struct hello *peer, char out[STATUS_TEXT_BYTES]);

#endif
