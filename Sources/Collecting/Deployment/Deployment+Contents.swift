public import SystemPackage

extension Deployment {
    /// Reads the contents of a file of the deployment.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` where it is no regular file any more.
    public func contents(of path: String) throws(CollectingError) -> [UInt8] {
        try Self.contents(ofFile: root.appending(path), atMost: .max)
    }

    /// Reads at most `count` bytes of a file of the deployment, from `offset`; none behind its end.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` where it is no regular file any more.
    public func contents(of path: String, from offset: Int, count: Int) throws(CollectingError) -> [UInt8] {
        try Self.reading(root.appending(path)) { descriptor, size in
            guard offset < size else { return [] }
            try descriptor.seek(offset: Int64(offset), from: .start)
            return try descriptor.read(atMost: min(count, size - offset))
        }
    }

    /// Reads a regular file as a whole; a link in the place of the file is refused.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: how many bytes it may have.
    /// - Returns: its bytes.
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, `tooLarge`, or `changed` where it is no regular file any more.
    public static func contents(ofFile path: FilePath, atMost limit: Int) throws(CollectingError) -> [UInt8] {
        try reading(path) { try $0.readToEnd(expecting: $1, atMost: limit) }
    }

    /// Reads a regular file as a whole; nil where there is none.
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

    /// Whether a regular file holds these bytes and no others; of another one no more is read than shows that.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` where it is no regular file.
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
