/*
 * What an admin can read later: sessions that begin and end, and where their clients are. Lines to the
 * system's log (RFC 3164, facility authpriv), by a socket of our own: the C library's syslog() waits for
 * a log that stands still, and a session must not.
 */
#ifndef SKUA_RIM_AUDIT_H
#define SKUA_RIM_AUDIT_H

#include <stdint.h>

#define AUDIT_LINE_BYTES     256 /* at most, all told */
#define AUDIT_LINES_A_MINUTE 10  /* more are counted, not written */

struct audit;

/*
 * name   of the program, borrowed for as long as the audit lives
 * path   of the log's socket; NULL: the system's
 * Never fails: where there is no log, lines go nowhere. Ends in audit_close(), which takes NULL.
 */
struct audit *audit_open(const char *name, const char *path);
void audit_close(struct audit *a);

/* One line, without keys, keystrokes or screen contents. Bytes that are not printable become "?". */
void audit_linef(struct audit *a, uint64_t now_ms, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
