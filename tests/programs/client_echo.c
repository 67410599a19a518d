/* In place of a session: shows what the client's main made of its arguments and environment. */
#include <stdio.h>
#include <stdlib.h>

#include "endpoints/client/client.h"

/* Whether the key's text is still anywhere in what /proc shows of our environment. */
static bool
environment_holds(const char *text)
{
    char bytes[65536];
    FILE *f = fopen("/proc/self/environ", "r");
    size_t len = f != NULL ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f != NULL)
        fclose(f);
    size_t text_len = strlen(text);
    for (size_t at = 0; at + text_len <= len; at++) {
        if (memcmp(bytes + at, text, text_len) == 0)
            return true;
    }
    return false;
}

int
client_run(struct client_options *o, struct fail *why)
{
    char key[KEY_TEXT_CHARS + 1];
    key_text(&o->key, key);
    printf("name=%s address=%s port=%u key=%s leaked=%d predict=%d overwrite=%d escape=%s title=%d "
           "init=%d verbose=%d\n",
           o->name, o->addresses[0], (unsigned)o->port, key,
           getenv("MOSH_KEY") != NULL || environment_holds(key), (int)o->predict.display,
           o->predict.overwrite, o->escape_key != NULL ? o->escape_key : "none", o->title_prefix,
           o->term_init, o->verbose);
    if (o->port == 9) {
        fail_set(why, SKUA_ERR_SYSTEM, 0, "as the test wishes");
        return 1;
    }
    return 0;
}
