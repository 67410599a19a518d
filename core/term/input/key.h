/*
 * Keys out of the bytes that a terminal sends: characters, controls, Alt keys, function keys, mouse
 * reports, paste marks, answers. For those who need to know what the user did; the bytes themselves
 * go to the program as they came.
 *
 * Escape and Alt share a byte: a lone ESC is a key of its own once nothing has followed for
 * KEY_HOLD_MS.
 */
#ifndef SKUA_TERM_INPUT_KEY_H
#define SKUA_TERM_INPUT_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "term/text/utf8.h"

#define KEY_HOLD_MS    50
#define KEY_PARAMS_MAX 4

/* Bytes of one sequence or answer; what is longer ends as KEY_OTHER. */
#define KEY_SEQUENCE_MAX_BYTES 4096

enum key_kind {
    KEY_TEXT,    /* code: a printable code point, or U+FFFD for malformed bytes */
    KEY_CONTROL, /* code: 00..1F or 7F; 1B is Escape alone */
    KEY_ALT,     /* ESC and one byte, in code */
    KEY_CSI,     /* code: the final byte; prefix and params below */
    KEY_SS3,     /* code: the final byte */
    KEY_OTHER,   /* an answer of the terminal, a mouse report, or nothing that we know */
};

struct key {
    enum key_kind kind;
    uint32_t code;
    uint8_t prefix;                 /* '<' '=' '>' '?' or 0 */
    uint8_t count;                  /* of params, those beyond KEY_PARAMS_MAX not counted */
    uint16_t param[KEY_PARAMS_MAX]; /* 0: missing; saturates; sub-parameters are skipped */
};

/* All zeros is the start. */
struct key_decoder {
    uint8_t state; /* private */
    bool in_subparameter;
    uint16_t length; /* bytes of the open sequence */
    struct key open;
    struct utf8_decoder utf8;
    uint64_t fed_ms;
};

/* The most keys that one byte can complete. */
#define KEY_PUSH_MAX 3

/* Take one byte; keys that it completes go to out. Returns how many: 0..KEY_PUSH_MAX. */
int key_push(struct key_decoder *d, uint8_t byte, struct key out[KEY_PUSH_MAX], uint64_t now_ms);

/*
 * Close what was left open for KEY_HOLD_MS: ESC alone becomes a key, ESC and an introducer an Alt
 * key. To be asked before the bytes of a new read. Returns how many keys went to out: 0 or 1.
 */
int key_settle(struct key_decoder *d, struct key *out, uint64_t now_ms);

/* When key_settle() has a key. UINT64_MAX: never. */
uint64_t key_deadline_ms(const struct key_decoder *d);

/* Parameter i of a CSI key, or fallback if it is missing. */
static inline unsigned
key_param(const struct key *k, int i, unsigned fallback)
{
    return i < k->count && k->param[i] != 0 ? k->param[i] : fallback;
}

#endif
