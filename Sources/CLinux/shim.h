#include <sys/xattr.h>

// Declared under _GNU_SOURCE alone, which Swift does not set.
int syncfs(int descriptor);
