/*
 * The paths lie in the order in which they were wanted. One that came up last is sent on; those
 * before it are only listened to, because an answer may still be on its way to their ports.
 */
#include "net/path/race.h"

#include <assert.h>
#include <string.h>

static uint64_t
elapsed_ms(uint64_t since_ms, uint64_t now_ms)
{
    return now_ms > since_ms ? now_ms - since_ms : 0;
}

static void
remove_at(struct race *race, size_t index)
{
    race->count--;
    memmove(&race->slot[index], &race->slot[index + 1],
            (race->count - index) * sizeof race->slot[0]);
}

static size_t
live_count(const struct race *race)
{
    size_t live = 0;
    for (size_t i = 0; i < race->count; i++)
        live += race->slot[i].state != PATH_STATE_RETIRED;
    return live;
}

static const struct path *
find_live(const struct race *race, uint32_t id)
{
    for (size_t i = 0; i < race->count; i++)
        if (race->slot[i].id == id && race->slot[i].state != PATH_STATE_RETIRED)
            return &race->slot[i];
    return NULL;
}

/* The oldest live path that nothing is sent on. */
static struct path *
oldest_spare(struct race *race)
{
    for (size_t i = 0; i < race->count; i++) {
        struct path *path = &race->slot[i];
        if (path->state != PATH_STATE_RETIRED && path->id != race->current)
            return path;
    }
    return NULL;
}

/*
 * Want one more path, to that peer. Nothing happens while so many orders wait to be taken that
 * there is no slot.
 */
static void
want_path(struct race *race, uint32_t peer, uint64_t now_ms)
{
    race->chosen_ms = now_ms;
    if (race->count == RACE_SLOTS)
        return;
    if (live_count(race) == RACE_PATHS_MAX)
        oldest_spare(race)->state = PATH_STATE_RETIRED;

    struct path *path = &race->slot[race->count++];
    path_init(path, race->next_id++, race->families[peer]);
    path->peer = peer;
    const struct path *before = race_current(race);
    if (before != NULL)
        path->rtt = before->rtt; /* the way is new, the distance rarely is */
}

/* Before the first answer the next peer's turn; later the one that answers. */
static void
want_fresh_path(struct race *race, uint64_t now_ms)
{
    uint32_t peer = race->has_heard ? race->home : race->attempts++ % race->peer_count;
    want_path(race, peer, now_ms);
}

static bool
has_untried_peer(const struct race *race)
{
    return !race->has_heard && race->attempts < race->peer_count;
}

void
race_init(struct race *race, const enum path_family *families, size_t count, uint64_t now_ms)
{
    assert(count >= 1 && count <= RACE_PEERS_MAX);
    *race = (struct race){ .next_id = 1, .peer_count = (uint32_t)count };
    memcpy(race->families, families, count * sizeof *families);
    want_fresh_path(race, now_ms);
}

void
race_init_fixed(struct race *race, uint32_t id, enum path_family family)
{
    *race = (struct race){ .count = 1, .current = id, .is_fixed = true };
    path_init(&race->slot[0], id, family);
    race->slot[0].state = PATH_STATE_UP;
}

static void
keep_time(struct race *race, uint64_t now_ms)
{
    if (elapsed_ms(race->chosen_ms, now_ms) > RACE_RETIRE_MS && race->current != 0) {
        struct path *spare;
        while ((spare = oldest_spare(race)) != NULL)
            spare->state = PATH_STATE_RETIRED;
    }
    if (live_count(race) == 0 && elapsed_ms(race->chosen_ms, now_ms) >= RACE_CANDIDATE_MS)
        want_fresh_path(race, now_ms);
}

bool
race_next_order(struct race *race, struct path_order *out, uint64_t now_ms)
{
    keep_time(race, now_ms);
    for (size_t i = 0; i < race->count; i++) {
        struct path *path = &race->slot[i];
        *out = (struct path_order){ PATH_ORDER_OPEN, path->id, path->family, path->peer };
        if (path->state == PATH_STATE_WANTED) {
            path->state = PATH_STATE_OPENING;
            return true;
        }
        if (path->state == PATH_STATE_RETIRED) {
            out->what = PATH_ORDER_CLOSE;
            remove_at(race, i);
            return true;
        }
    }
    return false;
}

uint64_t
race_deadline_ms(const struct race *race)
{
    size_t live = live_count(race);
    if (live == 0)
        return race->chosen_ms + RACE_CANDIDATE_MS;
    if (live > 1 && race->current != 0)
        return race->chosen_ms + RACE_RETIRE_MS + 1;
    return UINT64_MAX;
}

struct path *
race_find(struct race *race, uint32_t id)
{
    const struct path *found = find_live(race, id);
    return found != NULL ? &race->slot[found - race->slot] : NULL;
}

const struct path *
race_current(const struct race *race)
{
    return find_live(race, race->current);
}

void
race_note_sent(struct race *race, uint64_t roundtrip_ms, uint64_t now_ms)
{
    struct path *path = race_find(race, race->current);
    if (path != NULL)
        path_note_sent(path, now_ms);
    if (race->is_fixed)
        return;

    uint64_t since_choice_ms = elapsed_ms(race->chosen_ms, now_ms);
    bool silent = since_choice_ms > RACE_HOP_MS && elapsed_ms(roundtrip_ms, now_ms) > RACE_HOP_MS;
    if (silent || (has_untried_peer(race) && since_choice_ms >= RACE_START_MS))
        want_fresh_path(race, now_ms);
}

void
race_note_heard(struct race *race, uint32_t id, uint64_t now_ms)
{
    struct path *path = race_find(race, id);
    if (path == NULL)
        return;
    path_note_heard(path, now_ms);
    if ((!race->has_heard || race->is_searching) && path_is_open(path))
        race->current = id;
    race->has_heard = true;
    race->is_searching = false;
    if (id == race->current)
        race->home = path->peer;
}

/* Send to this peer from now on: by a path that is open, or else by one of its own, if any can be had. */
static bool
go_to_peer(struct race *race, uint32_t peer, uint64_t now_ms)
{
    bool is_wanted = false;
    for (size_t i = race->count; i-- > 0;) {
        const struct path *path = &race->slot[i];
        if (path->peer != peer)
            continue;
        if (path->state == PATH_STATE_UP) {
            race->current = path->id;
            return true;
        }
        is_wanted |= path->state == PATH_STATE_WANTED || path->state == PATH_STATE_OPENING;
    }
    if (!is_wanted)
        want_path(race, peer, now_ms);
    return false;
}

/* The next peer that can be sent to; the same one if there is no other. */
static uint32_t
next_good_peer(const struct race *race, uint32_t peer, uint64_t now_ms)
{
    for (uint32_t i = 1; i < race->peer_count; i++) {
        uint32_t next = (peer + i) % race->peer_count;
        if (now_ms >= race->bad_until_ms[next])
            return next;
    }
    return peer;
}

bool
race_turn(struct race *race, uint64_t now_ms)
{
    const struct path *path = race_current(race);
    if (race->is_fixed || !race->has_heard || path == NULL)
        return false;
    uint32_t next = next_good_peer(race, path->peer, now_ms);
    if (next == path->peer)
        return false;
    race->is_searching = true;
    return go_to_peer(race, next, now_ms);
}

/* Nothing can be sent to this peer address: turn to the next one, on a path of its own. */
static void
turn_to_next_peer(struct race *race, uint32_t unreachable, uint64_t now_ms)
{
    if (!race->has_heard) {
        if (has_untried_peer(race))
            want_fresh_path(race, now_ms);
        return;
    }
    bool is_recent = elapsed_ms(race->chosen_ms, now_ms) < RACE_CANDIDATE_MS;
    if (race->peer_count < 2 || (is_recent && !race->is_searching))
        return;
    race->bad_until_ms[unreachable] = now_ms + RACE_BAD_MS;
    uint32_t next = next_good_peer(race, unreachable, now_ms);
    if (next == unreachable) /* all are bad: in turns */
        next = (unreachable + 1) % race->peer_count;
    race->chosen_ms = now_ms;
    (void)go_to_peer(race, next, now_ms);
}

/* The newest path that can send is sent on; while there is none, the one that was used last. */
static void
choose_newest(struct race *race)
{
    for (size_t i = race->count; i-- > 0;) {
        if (race->slot[i].state == PATH_STATE_UP) {
            race->current = race->slot[i].id;
            return;
        }
    }
}

void
race_note_event(struct race *race, uint32_t id, enum path_event what, uint64_t now_ms)
{
    struct path *path = race_find(race, id);
    if (path == NULL)
        return;
    bool was_open = path_is_open(path);
    path_note_event(path, what, now_ms);
    if (what == PATH_MOVED || (what == PATH_UP && was_open))
        memset(race->bad_until_ms, 0, sizeof race->bad_until_ms); /* another network */

    if (what == PATH_UP && !was_open) {
        if (id > race->current)
            race->current = id;
    } else if (what == PATH_DOWN && !was_open) {
        uint32_t peer = path->peer;
        remove_at(race, (size_t)(path - race->slot));
        turn_to_next_peer(race, peer, now_ms);
    } else if (what == PATH_UNSENT && id == race->current) {
        turn_to_next_peer(race, path->peer, now_ms);
    }

    const struct path *current = race_current(race);
    if (current != NULL && current->state == PATH_STATE_DOWN)
        choose_newest(race);
}
