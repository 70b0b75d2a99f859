public import SystemPackage

extension Deployment {
    /// Reads the contents of a file of the deployment.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` if it is no longer a regular file.
    public func contents(of path: String) throws(CollectingError) -> [UInt8] {
        try Self.contents(ofFile: root.appending(path), atMost: .max)
    }

    /// Reads at most `count` bytes of a file of the deployment, from `offset`; empty after its end.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` if it is no longer a regular file.
    public func contents(of path: String, from offset: Int, count: Int) throws(CollectingError) -> [UInt8] {
        try Self.reading(root.appending(path)) { descriptor, size in
            guard offset < size else { return [] }
            try descriptor.seek(offset: Int64(offset), from: .start)
            return try descriptor.read(atMost: min(count, size - offset))
        }
    }

    /// Reads a whole regular file; a link in its place is refused.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: the maximum size of the file in bytes.
    /// - Returns: its bytes.
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, `tooLarge`, or `changed` if it is not a regular file.
    public static func contents(ofFile path: FilePath, atMost limit: Int) throws(CollectingError) -> [UInt8] {
        try reading(path) { try $0.readToEnd(expecting: $1, atMost: limit) }
    }

    /// Reads a whole regular file; nil if it does not exist.
    ///
    /// - Throws: as ``contents(ofFile:atMost:)`` does.
    package static func contents(
        ofFileIfThere path: FilePath,
        atMost limit: Int
    ) throws(CollectingError) -> [UInt8]? {
        do throws(CollectingError) {
            return try contents(ofFile: path, atMost: limit)
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    /// Whether a regular file consists of exactly these bytes; no more of it is read than is needed to tell.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` if it is not a regular file.
    package static func holds(_ bytes: [UInt8], inFile path: FilePath) throws(CollectingError) -> Bool {
        try reading(path) { descriptor, _ in try descriptor.read(atMost: bytes.count + 1) } == bytes
    }

    private static func reading(
        _ path: FilePath,
        _ read: (_ descriptor: FileDescriptor, _ size: Int) throws -> [UInt8]
    ) throws(CollectingError) -> [UInt8] {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
            return try descriptor.closeAfter {
                let stat = try Stat(descriptor)
                guard stat.type == .regular else {
                    throw CollectingError(.changed, at: path.string, "this is not a regular file")
                }
                return try read(descriptor, Int(stat.size))
            }
        } catch let error as CollectingError {
            throw error
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such file")
        } catch Errno.fileTooLarge {
            throw CollectingError(.tooLarge, at: path.string, "the file is larger than expected")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be read: \(error)")
        }
    }
}
