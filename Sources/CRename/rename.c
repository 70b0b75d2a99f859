// Swift sees no function that is declared under _GNU_SOURCE alone, and none that is variadic.
#define _GNU_SOURCE
#include "include/rename.h"

#include <fcntl.h>
#include <stdio.h>

#ifdef __APPLE__
int rename_to_new_name(const char *path, const char *name) { return renamex_np(path, name, RENAME_EXCL); }

int rename_exchanging(const char *one, const char *other) { return renamex_np(one, other, RENAME_SWAP); }
#else
int rename_to_new_name(const char *path, const char *name) {
    return renameat2(AT_FDCWD, path, AT_FDCWD, name, RENAME_NOREPLACE);
}

int rename_exchanging(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
#endif
