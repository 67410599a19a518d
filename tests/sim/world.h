/*
 * Two whole sessions, a program, and the network between them, in virtual time. Everything that happens
 * follows from the seed.
 */
#ifndef SKUA_TESTS_SIM_WORLD_H
#define SKUA_TESTS_SIM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/client_session.h"
#include "session/server_session.h"
#include "shell.h"
#include "wire.h"

struct world_config {
    struct wire_config up, down; /* client to server, server to client */
    int rows, cols;              /* of the client's terminal; 0: 24x80 */
    enum predict_display predict;
    bool stock_client, stock_server; /* that end says no hello */
    uint32_t echo_delay_ms;          /* of the program */
};

struct world {
    uint64_t now_ms, seed;
    struct client_session *client;
    struct server_session *server;
    struct wire up, down;
    struct shell shell;
    struct addr client_addr, server_addr;
    bool client_asleep, server_asleep; /* stopped: nothing of it runs */
    bool shell_started, shell_ended;
    struct buf datagram, painted;
    struct buf typed; /* what the user typed, for comparison */
    struct dice dice;
};

struct world *world_new(const struct world_config *config, uint64_t seed);
void world_free(struct world *w);

/* The user types. */
void world_type(struct world *w, const char *keys);

/* Let so much time pass. */
void world_run(struct world *w, uint64_t ms);

/*
 * Run until the client's raw screen shows what the server's emulator holds, or limit_ms have passed.
 * Returns how long it took; UINT64_MAX if it did not come to that.
 */
uint64_t world_run_until_equal(struct world *w, uint64_t limit_ms);

/* Whether the two screens are equal now, in the dialect that the client is sent. */
bool world_is_equal(struct world *w);

/* The client gets another address: datagrams under way to the old one are lost. */
void world_move_client(struct world *w);

/* Cut or mend both directions. */
void world_cut(struct world *w, bool cut);

/* The machine of the client sleeps for so long, and wakes. */
void world_sleep_client(struct world *w, uint64_t ms);

/* Whether all that was typed arrived at the program, once and in order. */
bool world_typed_arrived(const struct world *w);

/* Whether text stands in some row of the screen that the user sees. */
bool world_shows(struct world *w, const char *text);

#endif
