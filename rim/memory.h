/*
 * Memory back to the system after a flood. The C library keeps what was freed for the next time; a session
 * that sleeps for days should not.
 */
#ifndef SKUA_RIM_MEMORY_H
#define SKUA_RIM_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Work since the last time that is worth a look, and how long ago its last part must be for that: it takes 0.1 ms. */
#define MEMORY_WORK_BYTES (16 * 1024)
#define MEMORY_QUIET_MS   1000

struct memory {
    size_t work_bytes;
    uint64_t worked_ms; /* when the last of it was done */
};

/* At the start of the process: also, keep less in reserve between one screen and the next. */
void memory_init(struct memory *m);

/* So many bytes went through our hands. */
void memory_note(struct memory *m, size_t bytes, uint64_t now_ms);

/* When memory_rest() will have something to do; UINT64_MAX: nothing to do. */
uint64_t memory_deadline_ms(const struct memory *m);

/* Give back what is free, if it can be much and it is time for that. */
void memory_rest(struct memory *m, uint64_t now_ms);

#endif
