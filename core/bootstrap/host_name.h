/*
 * What may stand for a host on our command line: nothing that ssh, a shell or a ProxyCommand could
 * take for something else.
 */
#ifndef SKUA_BOOTSTRAP_HOST_NAME_H
#define SKUA_BOOTSTRAP_HOST_NAME_H

#include "base/err.h"
#include "base/view.h"

#define HOST_NAME_MAX_BYTES 1025 /* NI_MAXHOST, glibc's and the BSDs' bound on what resolves */

/*
 * Split "[user@]host" at the last '@' and check both parts as OpenSSH's client does: no '-' in front,
 * no blank or control, none of ' ` " $ ; & < > | ( ) { }; a host without '\', a user not ending in one.
 *
 * text   the word as typed
 * user   empty if there is none; both borrow from text
 *
 * Returns  SKUA_OK, SKUA_ERR_TOO_LARGE, or SKUA_ERR_MALFORMED; *user, *host only on success.
 */
enum skua_err host_name_split(struct view text, struct view *user, struct view *host);

#endif
