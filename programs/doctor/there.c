/* The host's side of a session, and the way there. */
#include "there.h"

#include <stdlib.h>
#include <string.h>

#include "facts.h"

/* What a session sends at most on a path that it knows nothing of: docs/PROTOCOL.md. */
#define MTU_WANTED 1280

/* A fifth is where typing becomes a trial; a fiftieth is seen on any bad wireless link. */
#define LOSS_WARNING_PERCENT 5
#define RTT_WARNING_MS       1000

bool
there_examine_login(const struct options *o, const struct examination *e, int status,
                    const struct fail *why, struct findings *f)
{
    struct view text = buf_view(&e->text);
    char server[FACTS_VALUE_BYTES], version[FACTS_VALUE_BYTES];
    bool has_stock = facts_find(text, "stock", version);
    bool has_login = e->has_login || has_stock || facts_find(text, "locale", server);

    if (!has_login) {
        findings_add(f, "login", FINDING_FAILURE, "ssh brought none: %s",
                     why->text[0] != '\0' ? why->text : "see above");
        findings_advise(f, "'ssh %.100s' alone must work first", o->host);
        return false;
    }
    findings_add(f, "login", FINDING_OK, "ssh to %.100s works", o->host);
    if (e->has_none) {
        findings_add(f, "server", FINDING_FAILURE, "%s", why->text);
        findings_advise(f, "install one there, or have one copied with --upload");
    } else if (has_stock) {
        facts_find(text, "server", server);
        findings_add(f, "server", FINDING_OK, "%s: %s", server, version);
        findings_advise(
            f,
            "skua-server there would tell more: which way datagrams get lost, and the MTU of the path");
    } else if (status != 0) {
        findings_add(f, "server", FINDING_FAILURE, "%s", why->text);
    }
    return status == 0;
}

bool
there_is_stock(const struct examination *e)
{
    char version[FACTS_VALUE_BYTES];

    return facts_find(buf_view(&e->text), "stock", version);
}

void
there_examine_stock(const char *address, unsigned port, bool heard, struct findings *f)
{
    if (heard) {
        findings_add(f, "udp", FINDING_OK, "passes there and back, at %s port %u", address, port);
        return;
    }
    findings_add(f, "udp", FINDING_FAILURE, "nothing was heard from %s port %u", address, port);
    findings_advise(
        f, "a firewall drops UDP on the way there or back; with skua-server on the host it could "
           "be said which");
}

static void
examine_locale(struct view text, struct findings *f)
{
    char value[FACTS_VALUE_BYTES];

    if (!facts_find(text, "locale", value) || value[0] == '\0')
        findings_add(f, "far locale", FINDING_UNKNOWN, "the host did not say");
    else if (strcmp(value, "UTF-8") == 0)
        findings_add(f, "far locale", FINDING_OK, "UTF-8 for logins by ssh");
    else
        findings_add(f, "far locale", FINDING_OK,
                     "%s for logins by ssh; the server takes this side's locale, or C.UTF-8",
                     value);
}

static void
examine_logind(struct view text, struct findings *f)
{
    char kills[FACTS_VALUE_BYTES] = "", lingers[FACTS_VALUE_BYTES] = "";

    facts_find(text, "kill", kills);
    facts_find(text, "linger", lingers);
    if (kills[0] == '\0') {
        findings_add(f, "logind", FINDING_OK,
                     "none answers: nothing ends sessions with their login");
    } else if (strcmp(kills, "b true") != 0) {
        findings_add(f, "logind", FINDING_OK, "leaves sessions alone when a login ends");
    } else if (strcmp(lingers, "yes") == 0) {
        findings_add(
            f, "logind", FINDING_OK,
            "KillUserProcesses is on, but you may linger: skua-server leaves the login's scope");
    } else {
        findings_add(f, "logind", FINDING_FAILURE,
                     "KillUserProcesses is on: sessions are killed when their login ends");
        findings_advise(f, "on the host: loginctl enable-linger");
    }
}

void
there_examine_host(const struct options *o, const struct examination *e, struct findings *f)
{
    struct view text = buf_view(&e->text);
    char value[FACTS_VALUE_BYTES], server[FACTS_VALUE_BYTES] = "";

    if (facts_find(text, "version", value)) {
        if (!facts_find(text, "server", server))
            snprintf(server, sizeof server, "%.100s",
                     o->server == NULL ? "skua-server" : o->server);
        findings_add(f, "server", FINDING_OK, "%s: Skua %s", server, value);
    }
    examine_locale(text, f);
    examine_logind(text, f);
    if (facts_find(text, "sandbox", value))
        findings_add(f, "far sandbox", strcmp(value, "on") == 0 ? FINDING_OK : FINDING_WARNING,
                     "%s", strcmp(value, "on") == 0 ? "active for the server" : value);
}

static void
examine_ways(const struct options *o, const char *address, unsigned port, const struct exchange *x,
             int arrived, struct findings *f)
{
    const char *range = o->port[0] == '\0' ? "60001:60999" : o->port;

    if (x->back == 0 && arrived < 0) {
        findings_add(
            f, "udp", FINDING_FAILURE,
            "none of %u datagrams to %s port %u was answered, and the host did not say why",
            x->sent, address, port);
        return;
    }
    if (arrived == 0 && x->back == 0) {
        findings_add(f, "udp there", FINDING_FAILURE,
                     "none of %u datagrams to %s port %u arrived%s%s", x->sent, address, port,
                     x->send_error == 0 ? "" : ": ",
                     x->send_error == 0 ? "" : strerror(x->send_error));
        findings_advise(
            f,
            "a firewall on the host or on the way drops UDP towards it; let ports %s in, on the "
            "host for example by: ufw allow %s/udp",
            range, range);
        findings_add(f, "udp back", FINDING_UNKNOWN, "nothing arrived that could be answered");
        return;
    }
    findings_add(f, "udp there", FINDING_OK, "%d of %u datagrams arrived at %s port %u",
                 arrived < 0 ? (int)x->back : arrived, x->sent, address, port);
    if (x->back == 0) {
        findings_add(f, "udp back", FINDING_FAILURE, "none of %d answers from port %u came back",
                     arrived, port);
        findings_advise(
            f,
            "a firewall drops UDP from the host: on the host its outgoing rules, here and on the "
            "way those for answers from ports %s",
            range);
    } else {
        findings_add(f, "udp back", FINDING_OK, "%u answers came back", x->back);
    }
}

static void
examine_quality(const struct exchange *x, int arrived, struct findings *f)
{
    unsigned lost = x->sent - (x->back < x->sent ? x->back : x->sent);
    unsigned percent = x->sent == 0 ? 0 : lost * 100 / x->sent;

    findings_add(f, "round trip", x->mean_ms > RTT_WARNING_MS ? FINDING_WARNING : FINDING_OK,
                 "%.1f ms, at best %.1f ms", x->mean_ms, x->best_ms);
    findings_add(f, "loss", percent > LOSS_WARNING_PERCENT ? FINDING_WARNING : FINDING_OK,
                 "%u %% (%u of %u; %u on the way there)", percent, lost, x->sent,
                 arrived < 0 || (unsigned)arrived > x->sent ? 0 : x->sent - (unsigned)arrived);
    if (x->mtu_bytes >= MTU_WANTED) {
        findings_add(f, "path mtu", FINDING_OK, "%zu bytes%s", x->mtu_bytes,
                     x->is_capped ? " or more" : "");
        return;
    }
    findings_add(f, "path mtu", FINDING_WARNING,
                 "%zu bytes: packets of %d, which are usual, do not pass whole", x->mtu_bytes,
                 MTU_WANTED);
    findings_advise(
        f, "look for a tunnel or VPN on the way whose MTU is low; Skua falls back to small "
           "datagrams, at the price of time");
}

void
there_examine_udp(const struct options *o, const struct examination *e, const char *address,
                  unsigned port, const struct exchange *x, struct findings *f)
{
    char value[FACTS_VALUE_BYTES];
    int arrived = -1;

    if (facts_find(buf_view(&e->text), "arrived", value))
        arrived = (int)strtol(value, NULL, 10);
    examine_ways(o, address, port, x, arrived, f);
    if (x->back != 0)
        examine_quality(x, arrived, f);
}
