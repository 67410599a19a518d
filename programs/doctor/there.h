/*
 * What the host said of itself, and what the exchange of datagrams showed.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_THERE_H
#define SKUA_PROGRAMS_DOCTOR_THERE_H

#include "exchange.h"
#include "findings.h"
#include "programs/launch/options.h"
#include "programs/launch/session.h"

/*
 * Judge the login and the server.
 *
 * status, why  of remote_start()
 * Returns      whether something answers probes there
 */
bool there_examine_login(const struct options *o, const struct examination *e, int status,
                         const struct fail *why, struct findings *f);

/* Whether what answers there is a server of Mosh. */
bool there_is_stock(const struct examination *e);

/* Judge whether anything was heard from one. */
void there_examine_stock(const char *address, unsigned port, bool heard, struct findings *f);

/* Judge what the host said: its locale, logind, its sandbox. */
void there_examine_host(const struct options *o, const struct examination *e, struct findings *f);

/* Judge the exchange with an address. The far end's count is among what it said. */
void there_examine_udp(const struct options *o, const struct examination *e, const char *address,
                       unsigned port, const struct exchange *x, struct findings *f);

#endif
