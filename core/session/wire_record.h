/* A capability record as it travels, and back. docs/PROTOCOL.md, "Extensions". */
#ifndef SKUA_SESSION_WIRE_RECORD_H
#define SKUA_SESSION_WIRE_RECORD_H

#include "net/wire/user_message.h"
#include "term/screen/record.h"

struct user_record wire_record_encode(const struct record *record);

/* From a peer: any values. What is out of range comes out as unknown. */
struct record wire_record_parse(const struct user_record *wire);

#endif
