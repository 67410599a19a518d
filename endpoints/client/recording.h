/*
 * A file in which a client writes down what its terminal shows, for `asciinema play`. It is made before
 * the client gives up its files, and only ever appended to.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_RECORDING_H
#define SKUA_ENDPOINTS_CLIENT_RECORDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "rim/fail.h"

struct recording;

/*
 * Make the file, for its owner alone (mode 0600), and begin it. A file that is there already is left
 * alone: SKUA_ERR_SYSTEM with *why.
 *
 * path  NULL: nothing is to be recorded, and *out is NULL.
 */
enum skua_err
recording_open(const char *path, int rows, int cols, struct recording **out, struct fail *why);
void recording_close(struct recording *r);

/*
 * The terminal was sent these bytes; its window has changed. r may be NULL.
 *
 * Returns  SKUA_OK, or once SKUA_ERR_SYSTEM with *why: the disk is full. Nothing is written from then on,
 *          and what was is whole lines.
 */
enum skua_err
recording_output(struct recording *r, struct view bytes, uint64_t now_ms, struct fail *why);
enum skua_err
recording_resize(struct recording *r, int rows, int cols, uint64_t now_ms, struct fail *why);

#endif
