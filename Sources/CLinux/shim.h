#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sys/xattr.h>

// Declared under _GNU_SOURCE alone, which Swift does not set.
void *memmem(const void *bytes, size_t count, const void *wanted, size_t wanted_count);
int pipe2(int ends[2], int flags);
int syncfs(int descriptor);
int sync_file_range(int descriptor, long offset, long count, unsigned int flags);
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);

/// `SYNC_FILE_RANGE_WRITE`.
static const unsigned int beginsWriting = 2;

/// Gives a file or folder a name that nothing has. Returns 0, or -1 with errno: EEXIST where something has the name,
/// EINVAL or ENOSYS where the file system or the kernel cannot do it.
static inline int rename_to_new_name(const char *path, const char *name) {
    const unsigned int noReplace = 1;
    return renameat2(AT_FDCWD, path, AT_FDCWD, name, noReplace);
}

/// Lets two files or folders exchange their names in one step. Returns 0, or -1 with errno as above.
static inline int rename_exchanging(const char *one, const char *other) {
    const unsigned int exchange = 2;
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, exchange);
}

/// Makes the process one of which no core is written, and into which no other process of its user can look. Returns 0, or -1
/// with errno.
static inline int forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// Whether a child of this process has ended, which is left to be waited for; a child that is not there has ended.
static inline int child_has_ended(pid_t child) {
    siginfo_t information = {0};
    while (waitid(P_PID, (id_t)child, &information, WEXITED | WNOHANG | WNOWAIT) != 0) {
        if (errno != EINTR) return 1;
    }
    return information.si_pid == child;
}

/// Makes memory blocks of at least `size` bytes go back to the system when they are freed. Returns 0 if it cannot.
///
/// By default the limit grows with the blocks that are freed, up to 32 MiB.
static inline int give_back_blocks(int size) { return mallopt(M_MMAP_THRESHOLD, size); }
