#include <sys/xattr.h>

// Declared under _GNU_SOURCE alone, which Swift does not set.
int syncfs(int descriptor);
int sync_file_range(int descriptor, long offset, long count, unsigned int flags);

/// `SYNC_FILE_RANGE_WRITE`.
static const unsigned int beginsWriting = 2;
