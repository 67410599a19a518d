/*
 * Under sanitizers: what they do at the end of a process, tracing it from a clone, is what a sandbox
 * is there to stop. And on systems and processors for which none is written.
 */
#include "rim/sandbox.h"

static enum skua_err
refuse(struct fail *why)
{
    return fail_set(why, SKUA_ERR_SYSTEM, 0, "this build has no sandbox");
}

enum skua_err
sandbox_client(struct fail *why)
{
    return refuse(why);
}

enum skua_err
sandbox_server(struct fail *why)
{
    return refuse(why);
}
