internal import Collecting
public import Detecting
internal import Glibc
internal import Sodium
public import SystemPackage

/// Compiled rules in a folder of the user, such as `~/.cache/scrubjay`.
///
/// Each file consists of a line that names the format, the BLAKE2b-256 of the contents and the file's name, and the
/// contents. A file is used only if it is a regular file, owned by the current user and not writable by others, and its
/// hash matches. Any other file is ignored and replaced. The contents do not depend on what was scanned.
public struct CompiledCache: CompiledStore {
    /// The folder; it is created when there is something to store.
    public let folder: FilePath

    private static let heading = Array("scrubjay compiled 1\n".utf8)
    private static let digestCount = Digest.Algorithm.blake2b256.count
    private static let suffix = ".compiled"
    /// The maximum size of a file in bytes; no rule set needs more.
    private static let largest = 64 << 20
    /// The maximum size of all files in bytes.
    ///
    /// The rules of one version take a megabyte, and those of a policy as much again: there is room for about thirty
    /// deployments, none of which displaces another's.
    private static let largestTotal = 32 << 20

    /// Configures the cache; nothing is read or written yet.
    public init(folder: FilePath) { self.folder = folder }

    /// Returns the contents stored under `name`; nil if there is no trustworthy file.
    public func contents(of name: String) -> [UInt8]? {
        guard var file = try? trustedContents(of: path(of: name)), file.starts(with: Self.heading) else { return nil }
        let digest = Array(file.dropFirst(Self.heading.count).prefix(Self.digestCount))
        // Moving a megabyte is faster than allocating another.
        file.removeFirst(min(file.count, Self.heading.count + Self.digestCount))
        return digest == Self.digest(of: file, name: name) ? file : nil
    }

    /// Stores `bytes` under `name`.
    ///
    /// If the folder cannot be written, the next run is slower, and nothing else changes.
    public func keep(_ bytes: [UInt8], as name: String) {
        let file = Self.heading + Self.digest(of: bytes, name: name) + bytes
        guard file.count <= Self.largest else { return }
        do {
            try PrivateFile.makeFolders(for: path(of: name))
            try write(file, to: path(of: name))
            removeOldest()
        } catch {
            // There is no cache; compiling the rules is enough.
        }
    }

    /// Writes a file that appears complete or not at all.
    ///
    /// It need not survive a crash of the machine: a torn file fails its hash.
    private func write(_ bytes: [UInt8], to path: FilePath) throws {
        let staged = folder.appending(".\(getpid())-\(Hex.encode(RandomSource.system.bytes(8))).partial")
        let descriptor = try FileDescriptor.open(
            staged,
            .writeOnly,
            options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: FilePermissions(rawValue: 0o600)
        )
        do {
            _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
            guard unsafe rename(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            _ = unsafe unlink(staged.string)
            throw error
        }
    }

    private func path(of name: String) -> FilePath { folder.appending(name + Self.suffix) }

    private static func digest(of contents: [UInt8], name: String) -> [UInt8] {
        var hash = BLAKE2b()
        hash.update(Array(name.utf8) + [0])
        hash.update(contents)
        return hash.finalize().bytes
    }

    private func trustedContents(of path: FilePath) throws -> [UInt8]? {
        let descriptor = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
        return try descriptor.closeAfter {
            let stat = try Stat(descriptor)
            let isOurs = stat.type == .regular && stat.userID.rawValue == geteuid()
            let othersMayWrite = stat.permissions.contains(.groupWrite) || stat.permissions.contains(.otherWrite)
            guard isOurs, !othersMayWrite, stat.size <= Self.largest else { return nil }
            return try descriptor.readToEnd(expecting: Int(stat.size))
        }
    }

    /// Removes the oldest files, which belong to older versions and other rule sets, if the total size is too large.
    private func removeOldest() {
        guard let names = try? FolderListing.names(in: folder) else { return }
        let files = names.filter { $0.hasSuffix(Self.suffix) }.compactMap {
            name -> (path: FilePath, size: Int, time: (Int, Int))? in
            let path = folder.appending(name)
            guard let stat = try? Stat(path, followTargetSymlink: false) else { return nil }
            return (path, Int(stat.size), (Int(stat.st_mtim.tv_sec), Int(stat.st_mtim.tv_nsec)))
        }
        var total = 0
        for file in files.sorted(by: { $0.time > $1.time }) {
            total += file.size
            if total > Self.largestTotal { _ = unsafe unlink(file.path.string) }
        }
    }
}
