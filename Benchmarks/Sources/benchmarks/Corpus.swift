import Foundation

/// The files that are scanned.
///
/// They are the same in every run on one machine: taken in the order of a hash of their paths, each text once.
struct Corpus {
    /// The folder.
    var path: String
    var fileCount = 0
    var byteCount = 0

    /// Makes a corpus of one file of a deployment.
    static func startup(fixture: String, in folder: String) throws -> Corpus {
        var corpus = try Corpus(emptyAt: folder + "/startup")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture + "/docker-jitsi-meet/.env"))
        try corpus.add(bytes, as: ".env")
        return corpus
    }

    /// Makes a hundred files: those of the fixture, and copies of them in more folders.
    static func deployment(fixture: String, in folder: String) throws -> Corpus {
        var corpus = try Corpus(emptyAt: folder + "/deployment")
        let files = Self.files(below: fixture)
        for number in 0..<100 {
            let file = files[number % files.count]
            let copy = number / files.count
            let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture + "/" + file))
            try corpus.add(bytes, as: "server\(copy)/" + file)
        }
        return corpus
    }

    /// Makes a tree of text files from `roots`, up to a total size and a number of files.
    static func tree(from roots: [String], size: Int, count: Int, in folder: String) throws -> Corpus {
        var corpus = try Corpus(emptyAt: folder + "/tree")
        var candidates: [(hash: UInt64, path: String, isMarkup: Bool)] = []
        for root in roots {
            for file in files(below: root) {
                let path = root + "/" + file
                let name = (file as NSString).pathExtension
                guard extensions.contains(name) else { continue }
                candidates.append((hash(path.utf8), path, name == "html"))
            }
        }
        candidates.sort { ($0.hash, $0.path) < ($1.hash, $1.path) }
        var seen: Set<UInt64> = []
        var markup = 0
        for (number, candidate) in candidates.enumerated() {
            guard corpus.byteCount < size, corpus.fileCount < count else { break }
            // Without a limit, generated documentation would be most of the tree.
            guard !candidate.isMarkup || markup < size / 3,
                let bytes = try? Data(contentsOf: URL(fileURLWithPath: candidate.path)),
                !bytes.isEmpty, bytes.count < 1 << 21, !bytes.contains(0), seen.insert(hash(bytes)).inserted
            else { continue }
            if candidate.isMarkup { markup += bytes.count }
            let name = (candidate.path as NSString).lastPathComponent
            try corpus.add(bytes, as: "\(number % 256)/\(number)-\(name)")
        }
        return corpus
    }

    /// Uses an existing tree.
    init(existingAt path: String) {
        self.path = path
        for file in Self.files(below: path) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + file)
            fileCount += 1
            byteCount += attributes?[.size] as? Int ?? 0
        }
    }

    private init(emptyAt path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    private mutating func add(_ bytes: Data, as name: String) throws {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        fileCount += 1
        byteCount += bytes.count
    }

    /// The file name extensions of programs, settings and texts.
    private static let extensions: Set<String> = [
        "c", "cfg", "conf", "cpp", "css", "go", "h", "hpp", "html", "ini", "java", "js", "json", "lua", "md", "pl",
        "pm",
        "properties", "py", "pyi", "rb", "rs", "rst", "sh", "tcl", "toml", "ts", "txt", "vim", "xml", "yaml", "yml",
    ]

    /// The relative paths of all regular files below `folder`, in order.
    static func files(below folder: String) -> [String] {
        let keys: [URLResourceKey] = [.isRegularFileKey, .isSymbolicLinkKey]
        let root = URL(fileURLWithPath: folder).standardizedFileURL.path + "/"
        guard
            let walk = FileManager.default.enumerator(at: URL(fileURLWithPath: root), includingPropertiesForKeys: keys)
        else { return [] }
        var files: [String] = []
        while let url = walk.nextObject() as? URL {
            let values = try? url.resourceValues(forKeys: Set(keys))
            guard values?.isRegularFile == true, values?.isSymbolicLink != true else { continue }
            let path = url.standardizedFileURL.path
            if path.hasPrefix(root) { files.append(String(path.dropFirst(root.count))) }
        }
        return files.sorted()
    }

    /// Returns the FNV-1a hash of bytes.
    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
