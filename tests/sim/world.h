/*
 * Two whole sessions, a program, and the network between them, in virtual time. Everything that happens
 * follows from the seed.
 */
#ifndef SKUA_TESTS_SIM_WORLD_H
#define SKUA_TESTS_SIM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "user_end.h"
#include "download.h"
#include "host_end.h"
#include "shell.h"
#include "wire.h"

/* Who holds an end. */
enum world_maker {
    WORLD_SKUA,  /* a session of ours */
    WORLD_STOCK, /* the model of stock */
};

/* What runs on the pty instead of the shell. */
struct world_program {
    void *context;
    /* Read what came for it (host_end_pty_input()), write what is due. */
    void (*run)(void *context, struct host_end *host, uint64_t now_ms);
    uint64_t (*deadline_ms)(void *context); /* UINT64_MAX: nothing is due */
};

struct world_config {
    struct wire_config up, down;   /* client to server, server to client */
    bool has_inet6;                /* the server has a second address, of the other family ... */
    struct wire_config up6, down6; /* ... and this way leads there */
    enum world_maker client_maker, server_maker;
    int rows, cols; /* of the client's terminal; 0: 24x80 */
    enum predict_display predict;
    bool stock_client, stock_server; /* that end says no hello */
    bool is_metered;                 /* the client's link */
    uint32_t echo_delay_ms;          /* of the shell */
    struct world_program program;    /* run NULL: the shell */
};

struct world {
    uint64_t now_ms, seed;
    struct client_session *client; /* NULL: the model of stock */
    struct server_session *server;
    struct user_end user_end;
    struct host_end host_end;
    struct wire up, down, up6, down6;
    struct shell shell;
    struct world_program program;
    struct download download;
    struct addr client_addr;
    bool client_asleep, server_asleep; /* stopped: nothing of it runs */
    bool shell_started, shell_ended;
    struct buf datagram;
    struct buf typed; /* what the user typed, for comparison */
    struct dice dice;
};

struct world *world_new(const struct world_config *config, uint64_t seed);
void world_free(struct world *w);

/* The user types. */
void world_type(struct world *w, const char *keys);
void world_type_bytes(struct world *w, struct view keys);

/* Let so much time pass. */
void world_run(struct world *w, uint64_t ms);

/*
 * Run until the client's raw screen shows what the server's emulator holds, or limit_ms have passed.
 * Returns how long it took; UINT64_MAX if it did not come to that.
 */
uint64_t world_run_until_equal(struct world *w, uint64_t limit_ms);

/* Whether the two screens are equal now, in the dialect that the client is sent. */
bool world_is_equal(struct world *w);

/* The same until done(w, context), asked after each event. */
uint64_t world_run_until(struct world *w, bool (*done)(struct world *w, void *context),
                         void *context, uint64_t limit_ms);

/* The client gets another address: datagrams under way to the old one are lost. */
void world_move_client(struct world *w);

/* Cut or mend both directions of all ways. */
void world_cut(struct world *w, bool cut);

/* Somebody else begins to download over the first way, and does not end. */
void world_download(struct world *w);

/* What the client's machine says of its network. */
void world_path_event(struct world *w, enum path_event what);

/* The machine of the client sleeps for so long, and wakes. */
void world_sleep_client(struct world *w, uint64_t ms);

/* Whether all that was typed arrived at the program, once and in order. */
bool world_typed_arrived(const struct world *w);

/* Whether text stands in some row of the screen that the user sees. */
bool world_shows(struct world *w, const char *text);

#endif
