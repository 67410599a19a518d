/*
 * The server's whole end of a session without its sockets: the emulator behind the pty, the queues to
 * and from it, and the list of attachments. It outlives its clients.
 *
 * It never calls out. Whoever drives it feeds datagrams and pty output, asks for datagrams, pty input
 * and window sizes, and sleeps until the deadline.
 */
#ifndef SKUA_SESSION_SERVER_SESSION_H
#define SKUA_SESSION_SERVER_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "session/attachment.h"

#define SERVER_ATTACHMENTS_MAX 9 /* one that drives, eight that watch */

/* A session that no client ever contacted ends. docs/PROTOCOL.md, "Server lifetime". */
#define SERVER_NO_CLIENT_MS 60000

struct server_session;

struct server_options_core {
    int rows, cols;              /* of the window before the first client says its own */
    uint64_t network_timeout_ms; /* end when no new client state came for so long; 0: never */
};

struct server_session *
server_session_new(const struct server_options_core *options, uint64_t now_ms);
void server_session_free(struct server_session *s);

/*
 * One more client. config's rows, cols are filled in by the session.
 * Returns its number, from 0; -1 if the list is full or the crypto library refuses.
 */
int server_session_attach(struct server_session *s, const struct attachment_config *config,
                          uint64_t now_ms);

/* Attachment n: borrowed, NULL if there is none (any more). */
struct attachment *server_session_attachment(struct server_session *s, int n);

/* A datagram for attachment n. */
enum skua_err server_session_receive(struct server_session *s, int n, struct view datagram,
                                     const struct arrival *how, uint64_t now_ms);

/* Bytes that the programs wrote. */
void server_session_pty_output(struct server_session *s, struct view bytes, uint64_t now_ms);

/*
 * Bytes for the programs: translated keys and answers to queries, in order. Write from the front and
 * buf_take() what was taken.
 */
struct buf *server_session_pty_input(struct server_session *s);

/* The window that the pty should have, if it changed since last asked. */
bool server_session_take_window(struct server_session *s, int *rows, int *cols);

/*
 * What the tty says now; to be asked for after each read of the pty and before each tick. known,
 * since_input and echo_delay_ms are the session's own affair.
 */
void server_session_note_tty(struct server_session *s, const struct hints *tty);

/*
 * End the session: the programs are gone, or a signal, a time limit or the admin wants it. The last
 * screen is shown, then every attachment ends in order.
 */
void server_session_shutdown(struct server_session *s, uint64_t now_ms);

/* Time passes: publishes what is due, drops attachments that are over, keeps the time limits. */
void server_session_tick(struct server_session *s, uint64_t now_ms);

/* The next datagram of attachment n that is due. */
bool server_session_next_datagram(struct server_session *s, int n, struct buf *out,
                                  struct departure *how, uint64_t now_ms);

void server_session_path_event(struct server_session *s, int n, uint32_t path, enum path_event what,
                               uint64_t now_ms);
void server_session_woke(struct server_session *s, struct view random, uint64_t now_ms);
uint64_t server_session_deadline_ms(struct server_session *s, uint64_t now_ms);

/* Whether a client has made contact: the shell may start. Stays true. */
bool server_session_has_client(const struct server_session *s);

/* The driving client's record, and whether it has sent one. Kept while it is away. */
bool server_session_record(const struct server_session *s, struct record *out);

/* When any client was last heard with a new state; the start if never. */
uint64_t server_session_heard_ms(const struct server_session *s);

/* Whether it has ended and the process may leave. */
bool server_session_is_over(const struct server_session *s, uint64_t now_ms);

/* What a viewer would see now; a new reference. For tests and tools. */
struct screen *server_session_snapshot(struct server_session *s, uint64_t now_ms);

#endif
