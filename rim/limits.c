/* setrlimit(2). Failure leaves us as exposed as any program: not worth ending for. */
#include "rim/limits.h"

#include "rim/untraceable.h"

void
limits_harden(struct limits *before)
{
    *before = (struct limits){ 0 };
    getrlimit(RLIMIT_CORE, &before->core);
    getrlimit(RLIMIT_NOFILE, &before->descriptors);
    /* The soft limit only: an unprivileged child could not raise the hard one again. */
    struct rlimit none = { .rlim_cur = 0, .rlim_max = before->core.rlim_max };
    setrlimit(RLIMIT_CORE, &none);
    untraceable();
}

void
limits_descriptors(void)
{
    struct rlimit now;
    if (getrlimit(RLIMIT_NOFILE, &now) < 0 || now.rlim_cur <= LIMITS_DESCRIPTORS)
        return;
    now.rlim_cur = LIMITS_DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &now);
}

void
limits_restore(const struct limits *before)
{
    setrlimit(RLIMIT_CORE, &before->core);
    setrlimit(RLIMIT_NOFILE, &before->descriptors);
}
