/*
 * The password database of a statically linked program: /etc/passwd, and nothing that the C library would
 * load at run time to ask elsewhere. These take the place of the C library's own; who asks need not know.
 * Users of LDAP and the like are not found, and have $SHELL and $HOME from their login.
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

/* By name, or if that is NULL by number. Borrowed from the C library until the next question. */
static struct passwd *
find(const char *name, uid_t uid)
{
    FILE *file = fopen("/etc/passwd", "re");
    if (file == NULL)
        return NULL;
    struct passwd *found;
    do
        found = fgetpwent(file);
    while (found != NULL &&
           (name != NULL ? strcmp(found->pw_name, name) != 0 : found->pw_uid != uid));
    fclose(file);
    return found;
}

struct passwd *
getpwuid(uid_t uid)
{
    return find(NULL, uid);
}

struct passwd *
getpwnam(const char *name)
{
    return find(name, 0);
}

/* libuv has this for whoever asks it for the home directory, and nobody does. */
int
getpwuid_r(uid_t uid, struct passwd *passwd, char *text, size_t len, struct passwd **result)
{
    (void)uid;
    (void)passwd;
    (void)text;
    (void)len;
    *result = NULL;
    return ENOSYS;
}
