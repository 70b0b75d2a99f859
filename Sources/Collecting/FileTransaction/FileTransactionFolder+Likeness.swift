internal import Glibc
internal import SystemPackage

extension FileTransaction.Folder {
    /// Gives staged contents the owner and group of the file to replace.
    borrowing func setOwner(
        of file: FileDescriptor,
        _ name: String,
        like model: File
    ) throws(FileTransactionError) {
        let status = try asking("looked at", name) { () throws(Errno) in try file.stat() }
        guard UInt32(status.userID.rawValue) != model.userID || UInt32(status.groupID.rawValue) != model.groupID
        else { return }
        try pass(.setOwner(path(of: name)))
        guard fchown(file.rawValue, model.userID, model.groupID) != 0 else { return }
        throw FileTransactionError(
            .ownerNotKept,
            at: path(of: name),
            cause: Errno(rawValue: errno),
            "the new file cannot get the owner and group of the old one"
        )
    }

    /// Gives staged contents the extended attributes of the file to replace.
    borrowing func setAttributes(
        of file: FileDescriptor,
        _ name: String,
        like model: File
    ) throws(FileTransactionError) {
        try pass(.setAttributes(path(of: name)))
        do throws(ExtendedAttributes.Failure) {
            try model.attributes.give(to: file)
        } catch {
            throw FileTransactionError(
                .attributesNotKept,
                at: path(of: name),
                cause: error.cause,
                "the new file cannot get the extended attributes of the old one"
                    + (error.name.map { ": \($0)" } ?? "")
            )
        }
        // An access control list grants access to the file; until the file is in place, nobody else may read it.
        try check(fchmod(file.rawValue, 0o600), "kept private", name)
    }
}
