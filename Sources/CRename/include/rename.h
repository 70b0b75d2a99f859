// The renames that the portable one lacks: without replacing, and exchanging two names.
#ifndef SCRUBJAY_RENAME_H
#define SCRUBJAY_RENAME_H

/// Gives a file or folder a name that nothing has. Returns 0, or -1 with errno: EEXIST where something has the name,
/// EINVAL or ENOSYS where the file system or the kernel cannot do it.
int rename_to_new_name(const char *path, const char *name);

/// Lets two files or folders exchange their names in one step. Returns 0, or -1 with errno as above.
int rename_exchanging(const char *one, const char *other);

#endif
