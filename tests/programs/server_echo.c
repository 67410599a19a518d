/* In place of a session: shows what the server's main made of its arguments. */
#include <stdio.h>
#include <stdlib.h>

#include "endpoints/server/server.h"

int
server_run(const struct server_options *o, struct fail *why)
{
    (void)why;
    printf("name=%s bind=%s ports=%u:%u colors=%d verbose=%d network=%u signal=%u lang=%s\n",
           o->name, o->bind_address != NULL ? o->bind_address : "any", (unsigned)o->port_low,
           (unsigned)o->port_high, o->colors, o->verbose, (unsigned)o->network_timeout_s,
           (unsigned)o->signal_timeout_s, getenv("LANG") != NULL ? getenv("LANG") : "");
    for (char *const *word = o->command; word != NULL && *word != NULL; word++)
        printf("[%s]", *word);
    printf("\n");
    return 0;
}
