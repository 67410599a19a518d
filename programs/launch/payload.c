/* Looks at a file before it is sent: what a host gets to run as its user is what was built with us. */
#include "payload.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/crypto/crypto_start.h"
#include "net/crypto/sha256.h"

const struct upload_payload *
payload_for(const char *machine)
{
    for (const struct upload_payload *p = payload_table; p->machine != NULL; p++) {
        if (strcmp(p->machine, machine) == 0)
            return p;
    }
    return NULL;
}

bool
payload_is_here(const struct upload_payload *p)
{
    return access(p->path, F_OK) == 0 || errno != ENOENT;
}

static enum skua_err
check(const struct upload_payload *p, int fd, struct fail *why)
{
    char digest[SHA256_TEXT_CHARS + 1];
    struct stat s;

    if (fstat(fd, &s) != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot read %.200s", p->path);
    bool fits = S_ISREG(s.st_mode) && s.st_size > 0 && s.st_size <= PAYLOAD_MAX_BYTES &&
                (uint64_t)s.st_size == p->bytes;
    if (fits) {
        size_t len = (size_t)s.st_size;
        void *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED)
            return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot read %.200s", p->path);
        sha256_text(view_of(bytes, len), digest);
        munmap(bytes, len);
        fits = strcmp(digest, p->sha256) == 0;
    }
    if (!fits)
        return fail_set(
            why, SKUA_ERR_MALFORMED, 0,
            "%.200s is not the server that this program was built with: install both anew",
            p->path);
    return SKUA_OK;
}

enum skua_err
payload_open(const struct upload_payload *p, int *fd, struct fail *why)
{
    if (crypto_start() != SKUA_OK)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "libgcrypt is missing something or broken");
    int opened = open(p->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (opened < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot read the server to copy, %.200s",
                        p->path);
    enum skua_err err = check(p, opened, why);
    if (err == SKUA_OK)
        *fd = opened;
    else
        close(opened);
    return err;
}
