/*
 * Datagrams that find out whether, which way and how large UDP passes: authentic as those of a session are,
 * and of the same outer form, so that nothing treats them otherwise.
 */
#ifndef SKUA_BOOTSTRAP_PATH_PROBE_H
#define SKUA_BOOTSTRAP_PATH_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/crypto/key.h"

#define PATH_PROBE_MIN_BYTES 48
#define PATH_PROBE_MAX_BYTES 2048 /* rim/udp.h takes no more */
#define PATH_PROBE_NUMBERS   4096 /* of the probes of one run */

struct path_probe;

/* One end. NULL if the crypto library refuses. The key is not kept; wipe yours. */
struct path_probe *path_probe_new(const struct key *key, bool is_server);
void path_probe_free(struct path_probe *p);

/*
 * Append one datagram.
 *
 * number   below PATH_PROBE_NUMBERS; an answer has its question's
 * bytes    the UDP payload, PATH_PROBE_MIN_BYTES..PATH_PROBE_MAX_BYTES
 * Returns  SKUA_OK; SKUA_ERR_TOO_LARGE if out cannot hold it; SKUA_ERR_SYSTEM if the library refused
 */
enum skua_err path_probe_seal(struct path_probe *p, uint64_t number, size_t bytes, struct buf *out);

/*
 * Open one of the other end.
 *
 * Returns  SKUA_OK with its number; SKUA_ERR_DUPLICATE for one that came before; else why it is none
 * Source   docs/PROTOCOL.md, "Probing a path"
 */
enum skua_err path_probe_open(struct path_probe *p, struct view datagram, uint64_t *number);

/* How many of the other end's came, each counted once. */
uint64_t path_probe_received(const struct path_probe *p);

#endif
