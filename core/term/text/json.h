/*
 * Text as JSON has it. Source: RFC 8259, section 7.
 */
#ifndef SKUA_TERM_TEXT_JSON_H
#define SKUA_TERM_TEXT_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/view.h"

/*
 * Append text as a JSON string, its quotes included. Controls are escaped, malformed UTF-8 becomes
 * U+FFFD (utf8_next()). Returns false, and leaves a part behind, if out cannot hold it.
 */
bool json_put_text(struct buf *out, struct view text);

#endif
