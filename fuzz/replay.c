/*
 * Where there is no fuzzer: run the target once with each file of some folders, and once with nothing.
 *
 *   TARGET FOLDER...     exit status 1 if a folder cannot be read or no file is in any
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

#define PATH_BYTES      4096
#define INPUT_MAX_BYTES (1 << 20)

static bool
replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(INPUT_MAX_BYTES);
    bool ok = file != NULL && bytes != NULL;
    if (ok) {
        size_t len = fread(bytes, 1, INPUT_MAX_BYTES, file);
        /* As large as the input, so that a sanitizer sees the first byte behind it. */
        uint8_t *exact = malloc(len > 0 ? len : 1);
        ok = ferror(file) == 0 && exact != NULL;
        if (ok) {
            memcpy(exact, bytes, len);
            LLVMFuzzerTestOneInput(exact, len);
        }
        free(exact);
    }
    if (!ok)
        fprintf(stderr, "replay: %s: %s\n", path, strerror(errno));
    free(bytes);
    if (file != NULL)
        fclose(file);
    return ok;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp((*(struct dirent *const *)a)->d_name, (*(struct dirent *const *)b)->d_name);
}

/* Returns how many files were run, or -1. */
static int
replay_folder(const char *folder)
{
    struct dirent **entry = NULL;
    int found = scandir(folder, &entry, NULL, NULL), run = 0;
    if (found < 0) {
        fprintf(stderr, "replay: %s: %s\n", folder, strerror(errno));
        return -1;
    }
    qsort(entry, (size_t)found, sizeof *entry, compare_names);
    for (int i = 0; i < found; i++) {
        char path[PATH_BYTES];
        int len = snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
        bool is_input = entry[i]->d_name[0] != '.' && len > 0 && (size_t)len < sizeof path;
        free(entry[i]);
        if (!is_input || run < 0)
            continue;
        /* Told before it is run: the last one named is the one that broke something. */
        printf("# %s\n", path);
        fflush(stdout);
        run = replay_file(path) ? run + 1 : -1;
    }
    free(entry);
    return run;
}

int
main(int argc, char **argv)
{
    int run = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        int more = replay_folder(argv[i]);
        if (more < 0)
            return 1;
        run += more;
    }
    printf("# %d inputs\n", run);
    return run > 0 ? 0 : 1;
}
