/* The clock that counts sleep, and its two neighbours. */
#include "rim/clock.h"

#include "rim/clock_source.h"

/* A kernel's stamp is trusted to be at most so old: datagrams do not wait longer in a socket. */
#define STAMP_MAX_AGE_MS 10000

static int64_t
read_ms(clockid_t clock)
{
    struct timespec t = { 0 };
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t
distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

uint64_t
clock_now_ms(void)
{
    return (uint64_t)read_ms(clock_source());
}

struct clock_reading
clock_read(void)
{
    return (struct clock_reading){
        .boot_ms = read_ms(clock_source()),
        .monotonic_ms = read_ms(CLOCK_MONOTONIC),
        .wall_ms = read_ms(CLOCK_REALTIME),
    };
}

bool
clock_jumped(const struct clock_reading *before, const struct clock_reading *after)
{
    int64_t boot = after->boot_ms - before->boot_ms;
    int64_t monotonic = after->monotonic_ms - before->monotonic_ms;
    int64_t wall = after->wall_ms - before->wall_ms;
    return distance(boot, monotonic) > CLOCK_SLEEP_STEP_MS ||
           distance(wall, boot) > CLOCK_WALL_STEP_MS;
}

uint64_t
clock_of_wall(const struct timespec *wall, const struct clock_reading *now)
{
    int64_t wall_ms = (int64_t)wall->tv_sec * 1000 + wall->tv_nsec / 1000000;
    if (wall_ms > now->wall_ms || wall_ms < now->wall_ms - STAMP_MAX_AGE_MS)
        return (uint64_t)now->boot_ms;
    int64_t age = now->wall_ms - wall_ms;
    return age > now->boot_ms ? 0 : (uint64_t)(now->boot_ms - age);
}
