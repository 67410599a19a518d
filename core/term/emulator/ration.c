/* What is out comes back one by one; with none out there is no clock to keep. */
#include "term/emulator/ration.h"

const struct ration_rule ration_of_bells = { .most = 5, .each_ms = 200 };
const struct ration_rule ration_of_clipboards = { .most = 10, .each_ms = 6000 };
const struct ration_rule ration_of_notifications = { .most = 5, .each_ms = 2000 };

static void
give_back(struct ration *r, const struct ration_rule *rule, uint64_t now_ms)
{
    uint64_t passed = now_ms > r->since_ms ? now_ms - r->since_ms : 0;
    uint64_t back = passed / rule->each_ms;
    if (back < r->taken) {
        r->taken -= (uint32_t)back;
        r->since_ms += back * rule->each_ms;
    } else {
        r->taken = 0;
    }
}

bool
ration_take(struct ration *r, const struct ration_rule *rule, uint64_t now_ms)
{
    if (r->taken > 0)
        give_back(r, rule, now_ms);
    if (r->taken == 0)
        r->since_ms = now_ms;
    if (r->taken == rule->most)
        return false;
    r->taken++;
    return true;
}
