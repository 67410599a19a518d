/*
 * The descriptors that a process starts with: the three standard ones, and what leaked in.
 */
#ifndef SKUA_RIM_DESCRIPTORS_H
#define SKUA_RIM_DESCRIPTORS_H

/*
 * Open /dev/null for each of 0, 1 and 2 that is closed, so that nothing else ever takes their
 * place. First thing in main().
 */
void descriptors_fill_standard(void);

/* Replace 0, 1 and 2 by /dev/null. */
void descriptors_null_standard(void);

/* Close every descriptor from `first` up. */
void descriptors_close_from(int first);

#endif
