/* A server's diff of the tape's choice. */
#ifndef SKUA_FUZZ_HOST_DIFF_H
#define SKUA_FUZZ_HOST_DIFF_H

#include "base/buf.h"
#include "base/reader.h"

/* Append a message of up to four well-formed events, or of any bytes. */
void host_diff_put(struct reader *tape, struct buf *out);

#endif
