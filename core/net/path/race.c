/*
 * A path that came up last is sent on; those before it are only listened to, because an answer may still
 * be on its way to their ports.
 */
#include "net/path/race.h"

#include <assert.h>
#include <string.h>

static uint64_t
elapsed_ms(uint64_t since_ms, uint64_t now_ms)
{
    return now_ms > since_ms ? now_ms - since_ms : 0;
}

/* Want one to send on. */
static void
want_path(struct race *race, uint32_t peer, uint64_t now_ms)
{
    race->chosen_ms = now_ms;
    struct path *path =
        roster_add(&race->roster, peer, race->families[peer], race->current, now_ms);
    const struct path *before = race_current(race);
    if (path != NULL && before != NULL)
        path->rtt = before->rtt; /* the way is new, the distance rarely is */
}

/* Send on this path from now on. */
static void
use_path(struct race *race, struct path *path)
{
    const struct path *before = race_current(race);
    if (before != NULL && !path->rtt.has_sample)
        path->rtt = before->rtt;
    path->is_scout = false;
    race->current = path->id;
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
    *race = (struct race){ .peer_count = (uint32_t)count };
    roster_init(&race->roster);
    memcpy(race->families, families, count * sizeof *families);
    scout_init(&race->scout, now_ms);
    want_fresh_path(race, now_ms);
}

void
race_init_fixed(struct race *race, uint32_t id, enum path_family family)
{
    *race = (struct race){ .current = id, .is_fixed = true };
    roster_init_fixed(&race->roster, id, family);
}

static uint64_t
later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* When a path that is not sent on has been of no use for so long that it is closed. */
static uint64_t
retire_ms(const struct race *race, const struct path *path)
{
    uint64_t used_ms = later(path->wanted_ms, path->last_sent_ms);
    return later(race->chosen_ms, path->is_scout ? used_ms : 0) + RACE_RETIRE_MS + 1;
}

static bool
is_spare(const struct race *race, const struct path *path)
{
    return race->current != 0 && path->id != race->current && path->state != PATH_STATE_RETIRED;
}

static void
keep_time(struct race *race, uint64_t now_ms)
{
    for (size_t i = 0; i < race->roster.count; i++) {
        struct path *path = &race->roster.slot[i];
        if (is_spare(race, path) && now_ms >= retire_ms(race, path))
            path->state = PATH_STATE_RETIRED;
    }
    if (roster_live_count(&race->roster) == 0 &&
        elapsed_ms(race->chosen_ms, now_ms) >= RACE_CANDIDATE_MS)
        want_fresh_path(race, now_ms);
}

bool
race_next_order(struct race *race, struct path_order *out, uint64_t now_ms)
{
    keep_time(race, now_ms);
    for (size_t i = 0; i < race->roster.count; i++) {
        struct path *path = &race->roster.slot[i];
        *out = (struct path_order){ PATH_ORDER_OPEN, path->id, path->family, path->peer,
                                    path->is_scout };
        if (path->state == PATH_STATE_WANTED) {
            path->state = PATH_STATE_OPENING;
            return true;
        }
        if (path->state == PATH_STATE_RETIRED) {
            out->what = PATH_ORDER_CLOSE;
            roster_remove(&race->roster, path);
            return true;
        }
    }
    return false;
}

struct path *
race_find(struct race *race, uint32_t id)
{
    return roster_find(&race->roster, id);
}

const struct path *
race_current(const struct race *race)
{
    return roster_look_up(&race->roster, race->current);
}

const struct path *
race_outgoing(const struct race *race)
{
    const struct path *look =
        race->look_path != 0 ? roster_look_up(&race->roster, race->look_path) : NULL;
    return look != NULL ? look : race_current(race);
}

void
race_note_sent(struct race *race, uint64_t roundtrip_ms, uint64_t now_ms)
{
    const struct path *out = race_outgoing(race);
    if (out != NULL)
        path_note_sent(race_find(race, out->id), now_ms);
    if (race->is_fixed)
        return;
    if (race->look_path != 0) {
        if (out != NULL && out->id == race->look_path)
            scout_note_sent(&race->scout, out->id, race->look_cost_ms, now_ms);
        race->look_path = 0;
        return;
    }

    uint64_t since_choice_ms = elapsed_ms(race->chosen_ms, now_ms);
    bool silent = since_choice_ms > RACE_HOP_MS && elapsed_ms(roundtrip_ms, now_ms) > RACE_HOP_MS;
    if (silent || (has_untried_peer(race) && since_choice_ms >= RACE_START_MS))
        want_fresh_path(race, now_ms);
}

/* The search ends at this path. */
static void
settle(struct race *race, struct path *path, uint64_t now_ms)
{
    race->is_searching = false;
    use_path(race, path);
    race->home = path->peer;
    if (path->peer != race->search_peer)
        scout_note_turn(&race->scout, now_ms);
}

static void
note_look_answered(struct race *race, struct path *path, uint64_t rtt_ms, uint64_t now_ms)
{
    race->must_lead = true;
    if (!scout_note_answer(&race->scout, rtt_ms, race->look_cost_ms, now_ms))
        return;
    use_path(race, path);
    race->home = path->peer;
    race->chosen_ms = now_ms;
}

void
race_note_heard(struct race *race, uint32_t id, uint64_t answers_ms, uint64_t now_ms)
{
    struct path *path = race_find(race, id);
    if (path == NULL)
        return;
    path_note_heard(path, now_ms);
    struct scout *scout = &race->scout;
    if (!race->has_heard && path_is_open(path))
        race->current = id;
    else if (scout->is_out && scout->path == id && answers_ms >= scout->sent_ms)
        note_look_answered(race, path, elapsed_ms(answers_ms, now_ms), now_ms);
    race->has_heard = true;
    race_note_acked(race, id, answers_ms, now_ms);
    if (id == race->current && !race->is_searching)
        race->home = path->peer;
}

void
race_note_acked(struct race *race, uint32_t id, uint64_t sent_ms, uint64_t now_ms)
{
    struct path *path = race_find(race, id);
    if (race->is_searching && path != NULL && path_is_open(path) && sent_ms >= race->search_ms)
        settle(race, path, now_ms);
}

void
race_note_active(struct race *race, uint64_t now_ms)
{
    scout_note_active(&race->scout, now_ms);
}

/* Send to this peer from now on: by a path that is open, or else by one of its own, if any can be had. */
static void
go_to_peer(struct race *race, uint32_t peer, uint64_t now_ms)
{
    bool is_wanted = false;
    for (size_t i = race->roster.count; i-- > 0;) {
        struct path *path = &race->roster.slot[i];
        if (path->peer != peer)
            continue;
        if (path->state == PATH_STATE_UP) {
            use_path(race, path);
            return;
        }
        path->is_scout = false;
        is_wanted |= path->state == PATH_STATE_WANTED || path->state == PATH_STATE_OPENING;
    }
    if (!is_wanted)
        want_path(race, peer, now_ms);
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

/* The newest path to this peer; if there is none, one is asked for. NULL if it is not open yet. */
static struct path *
path_to(struct race *race, uint32_t peer, uint64_t now_ms)
{
    for (size_t i = race->roster.count; i-- > 0;) {
        struct path *path = &race->roster.slot[i];
        if (path->peer == peer && path->state != PATH_STATE_RETIRED)
            return path->state == PATH_STATE_UP ? path : NULL;
    }
    struct path *path =
        roster_add(&race->roster, peer, race->families[peer], race->current, now_ms);
    if (path != NULL)
        path->is_scout = true;
    return NULL;
}

bool
race_turn(struct race *race, uint32_t tries, bool is_silent, uint64_t now_ms)
{
    const struct path *path = race_current(race);
    if (race->is_fixed || !race->has_heard || path == NULL)
        return false;
    uint32_t enough = is_silent ? 1 : 2, next = next_good_peer(race, path->peer, now_ms);
    if (next == path->peer || (!race->is_searching && tries < enough))
        return false;
    struct path *other = path_to(race, next, now_ms);
    if (race->is_searching) {
        if (other != NULL)
            use_path(race, other);
        return false;
    }
    race->is_searching = true;
    race->search_ms = now_ms;
    race->search_peer = path->peer;
    race->scout.is_out = race->must_lead = false;
    return true;
}

const struct path *
race_other(struct race *race, uint64_t now_ms)
{
    const struct path *path = race_current(race);
    if (!race->is_searching || path == NULL || now_ms - race->search_ms > RACE_BOTH_MS)
        return NULL;
    uint32_t next = next_good_peer(race, path->peer, now_ms);
    return next != path->peer ? path_to(race, next, now_ms) : NULL;
}

/* The path to look at, or NULL: it is not open, but may have been asked for. */
static const struct path *
path_to_look_at(struct race *race, const struct path *current, uint64_t now_ms)
{
    struct scout *scout = &race->scout;
    if (!scout->has_peer || scout->peer == current->peer) {
        scout->peer = next_good_peer(race, scout->peer, now_ms);
        if (scout->peer == current->peer)
            scout->peer = next_good_peer(race, current->peer, now_ms);
        scout->has_peer = scout->peer != current->peer;
    }
    if (scout->has_peer)
        return path_to(race, scout->peer, now_ms);
    scout_note_attempt(scout, now_ms);
    return NULL;
}

bool
race_wants_packet(struct race *race, bool is_calm, uint32_t loss, uint64_t now_ms)
{
    struct scout *scout = &race->scout;
    const struct path *path = race_current(race);
    race->look_path = 0;
    race->is_look_blocked = false;
    if (race->is_fixed || !race->has_heard || path == NULL || race->is_searching)
        return race->must_lead = false;
    uint64_t rto_ms = rtt_rto_ms(&path->rtt);
    race->look_cost_ms = rtt_smoothed_ms(&path->rtt) + loss * rto_ms / 1000;
    if (scout->is_out && now_ms >= scout->answer_by_ms) {
        scout_note_failure(scout);
        race->must_lead = true;
    }
    if (race->must_lead) {
        race->must_lead = false;
        return path->last_sent_ms <= scout->sent_ms; /* else it was led by what was sent since */
    }
    if (scout->is_out || race->peer_count < 2 || now_ms < scout_due_ms(scout, rto_ms))
        return false;
    if (is_calm && path->last_heard_ms >= scout->active_ms)
        path = path_to_look_at(race, path, now_ms);
    else
        path = NULL;
    race->is_look_blocked = path == NULL;
    if (path == NULL)
        return false;
    scout_note_attempt(scout, now_ms);
    race->look_path = path->id;
    return true;
}

bool
race_is_looking(const struct race *race, uint64_t now_ms)
{
    const struct path *path = race_current(race);
    uint64_t until_ms = race->scout.answer_by_ms + (path != NULL ? rtt_rto_ms(&path->rtt) : 0);
    return race->scout.is_out || (race->scout.answer_by_ms > 0 && now_ms < until_ms);
}

static uint64_t
look_deadline_ms(const struct race *race)
{
    const struct path *path = race_current(race);
    if (race->is_fixed || race->peer_count < 2 || path == NULL || race->is_searching)
        return UINT64_MAX;
    if (race->must_lead)
        return race->scout.sent_ms;
    if (race->scout.is_out)
        return race->scout.answer_by_ms;
    return race->is_look_blocked ? UINT64_MAX : scout_due_ms(&race->scout, rtt_rto_ms(&path->rtt));
}

uint64_t
race_deadline_ms(const struct race *race)
{
    if (roster_live_count(&race->roster) == 0)
        return race->chosen_ms + RACE_CANDIDATE_MS;
    uint64_t deadline = race->has_heard ? look_deadline_ms(race) : UINT64_MAX;
    for (size_t i = 0; i < race->roster.count; i++) {
        const struct path *path = &race->roster.slot[i];
        if (is_spare(race, path) && retire_ms(race, path) < deadline)
            deadline = retire_ms(race, path);
    }
    return deadline;
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
    go_to_peer(race, next, now_ms);
}

/* The newest path that can send is sent on; while there is none, the one that was used last. */
static void
choose_newest(struct race *race)
{
    for (size_t i = race->roster.count; i-- > 0;) {
        if (race->roster.slot[i].state == PATH_STATE_UP) {
            race->current = race->roster.slot[i].id;
            return;
        }
    }
}

/* A look at this path could not be taken: not again for a while. */
static void
note_look_failed(struct race *race, uint32_t peer, uint64_t now_ms)
{
    race->bad_until_ms[peer] = now_ms + RACE_BAD_MS;
    scout_note_failure(&race->scout);
}

void
race_note_event(struct race *race, uint32_t id, enum path_event what, uint64_t now_ms)
{
    struct path *path = race_find(race, id);
    if (path == NULL)
        return;
    bool was_open = path_is_open(path);
    path_note_event(path, what, now_ms);
    if (what == PATH_MOVED || (what == PATH_UP && was_open)) { /* another network */
        memset(race->bad_until_ms, 0, sizeof race->bad_until_ms);
        scout_note_change(&race->scout, now_ms);
    }

    if (what == PATH_UP && !was_open) {
        if (id > race->current && !path->is_scout)
            race->current = id;
    } else if (what == PATH_DOWN && !was_open) {
        uint32_t peer = path->peer;
        bool is_scout = path->is_scout;
        roster_remove(&race->roster, path);
        if (is_scout)
            note_look_failed(race, peer, now_ms);
        else
            turn_to_next_peer(race, peer, now_ms);
    } else if (what == PATH_UNSENT && id == race->current) {
        turn_to_next_peer(race, path->peer, now_ms);
    } else if (what == PATH_UNSENT) {
        note_look_failed(race, path->peer, now_ms);
    }

    const struct path *current = race_current(race);
    if (current != NULL && current->state == PATH_STATE_DOWN)
        choose_newest(race);
}
