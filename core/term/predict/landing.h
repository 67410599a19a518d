/*
 * Where prompts came back: how many rows each line put between itself and the next prompt, when it was
 * sent off before.
 */
#ifndef SKUA_TERM_PREDICT_LANDING_H
#define SKUA_TERM_PREDICT_LANDING_H

#include <stdint.h>

/* Lines remembered; the one unused for longest gives way. */
#define LANDING_MAX 64

/* Nothing is known of the line; its prompt did not come back, or another did. */
#define LANDING_UNKNOWN   (-1)
#define LANDING_ELSEWHERE (-2)

/* All zeros is the start. */
struct landings {
    uint64_t clock;
    struct {
        uint32_t line; /* command_hash(); 0: the place is free */
        int rows;
        uint64_t used;
    } slot[LANDING_MAX];
};

/* Rows that this line is known to print, or one of the values above. An empty line prints none. */
int landings_rows(struct landings *l, uint32_t line);

/* The line printed so many rows, or LANDING_ELSEWHERE. */
void landings_note(struct landings *l, uint32_t line, int rows);

#endif
