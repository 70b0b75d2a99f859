internal import Collecting
public import Detecting
public import SystemPackage

extension PolicyFile {
    /// Reads the policy of what is scanned: the `.scrubjay.yml` at the root of a folder; that of an owner who has
    /// decided nothing where there is none, or where `root` is a file.
    ///
    /// - Throws: ``PolicyError`` where it is malformed; ``CollectingError`` where it cannot be read, or `root` is missing.
    public init(of root: FilePath) throws {
        guard try Deployment.isFolder(root) else {
            self.init()
            return
        }
        let path = root.appending(Self.name)
        let bytes: [UInt8]
        do {
            bytes = try Deployment.contents(ofFile: path)
        } catch {
            guard error.code == .missing else { throw error }
            self.init()
            return
        }
        try self.init(reading: bytes, path: path.string)
    }
}
