import Foundation

/// A folder of its own for one test, removed at the end.
public final class TemporaryFolder: Sendable {
    /// The absolute path, without a final slash.
    public let path: String

    /// Makes an empty folder under the system's temporary one.
    ///
    /// - Parameter inMemory: whether it should lie in memory where the system has such a place: for what syncs thousands of
    ///   files and is not about the disk.
    /// - Throws: what the system says.
    public init(inMemory: Bool = false) throws {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isThere = inMemory && FileManager.default.isWritableFile(atPath: memory.path)
        let base = isThere ? memory : FileManager.default.temporaryDirectory
        let url = base.appending(path: "scrubjay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path
    }

    deinit {
        // A test that takes rights away gives them back itself: changing modes in here would follow links to anywhere.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file, with the folders that lead to it, and gives its absolute path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Writes a file, with the folders that lead to it, and gives its absolute path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Reads a file.
    public func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    /// The relative paths of all files and links, in byte order.
    public func files() throws -> [String] { try Self.files(in: path) }

    /// The relative paths of all files and links in a folder, in byte order.
    public static func files(in folder: String) throws -> [String] {
        var paths: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + path)
            if attributes[.type] as? FileAttributeType != .typeDirectory { paths.append(path) }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The permissions of a file, as in `chmod`.
    public func permissions(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return (attributes[.posixPermissions] as? Int ?? 0) & 0o7777
    }
}
