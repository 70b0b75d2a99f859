import Foundation

/// A sanitized tree, a key, and the programs that users would run instead of Scrubjay to pack and open the tree.
struct BundleCorpus {
    /// The kind of the contents, which determines how long compressing takes.
    enum Contents: String, CaseIterable {
        /// Text of which only a sixteenth differs between files: it compresses to nearly nothing.
        case repeating = "repeated text"
        /// Text that compresses like ordinary text.
        case text
        /// Bytes that hardly compress and contain no ASCII letter, like pictures or recordings.
        case random = "random bytes"

        var ending: String { self == .random ? "bin" : "txt" }
    }

    private let scrubjay: String
    private let folder: String
    /// The tree.
    let corpus: Corpus

    /// Makes a hundred small files, or files of 1 MiB with the given total size.
    init(_ part: Options.Part, _ contents: Contents, _ options: Options, in folder: String) throws {
        self.folder = folder + "/" + part.rawValue + "-" + contents.rawValue.prefix(6)
        scrubjay = URL(fileURLWithPath: options.scrubjay).path
        let tree = self.folder + "/tree"
        try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: true)
        let (count, size) = part == .bundle ? (100, 5_000) : (options.treeSize >> 20, 1 << 20)
        var words = Words()
        for index in 0..<count {
            let path = "\(tree)/d\(index % 16)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try words.data(size, contents)
                .write(to: URL(fileURLWithPath: "\(path)/f\(index).\(contents.ending)"))
        }
        let parameters = "{\n  \"schema\": 1,\n  \"parameters\": [],\n  \"omitted\": []\n}\n"
        try Data(parameters.utf8).write(to: URL(fileURLWithPath: tree + "/parameters.json"))
        corpus = Corpus(existingAt: tree)
        let commands =
            "scrubjay keygen --output key --no-password && scrubjay bundle tree --output b.tar.zst --key key.key"
        let first = Measurement.run("/bin/sh", ["-c", line(commands)], limit: options.limit)
        guard let first, first.status == 0, !first.isStopped else {
            throw Failure(program: "scrubjay bundle", status: first?.status ?? -1)
        }
    }

    /// The programs that pack and sign.
    var packing: [Tool] {
        [
            tool("scrubjay bundle, .tar.zst", "scrubjay bundle tree --output s.tar.zst --key key.key --force"),
            tool("scrubjay bundle, .tar.gz", "scrubjay bundle tree --output s.tar.gz --key key.key --force"),
            tool("tar | gzip, minisign -S", "tar -cf - tree | gzip > g.tar.gz && minisign -S -s key.key -m g.tar.gz"),
            tool(
                "bsdtar --zstd, minisign -S",
                "bsdtar --zstd -cf z.tar.zst tree && minisign -S -s key.key -m z.tar.zst"
            ),
        ]
    }

    /// The programs that check and open.
    var opening: [Tool] {
        [
            tool("scrubjay verify", "scrubjay verify b.tar.zst --public-key key.pub"),
            tool("scrubjay hydrate", "scrubjay hydrate b.tar.zst --public-key key.pub --output h --force"),
            tool("minisign -V", "minisign -V -p key.pub -m b.tar.zst"),
            tool(
                "minisign -V, tar -x",
                "minisign -V -p key.pub -m b.tar.zst && rm -rf x && mkdir x && tar -C x --zstd -xf b.tar.zst"
            ),
        ]
    }

    private func tool(_ name: String, _ command: String) -> Tool {
        let line = line(command)
        return Tool(name: name, executable: "/bin/sh") { _ in ["-c", line] }
    }

    private func line(_ command: String) -> String {
        "cd '\(folder)' && export SOURCE_DATE_EPOCH=1767225600 PATH=\"\(URL(fileURLWithPath: scrubjay).deletingLastPathComponent().path):$PATH\" && "
            + command
    }

    /// Generates contents without sensitive values, the same in every run.
    private struct Words {
        private static let words =
            "river stone cloud field grass house light water bread night table chair alpha beta gamma delta"
            .split(separator: " ")
        private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

        mutating func data(_ count: Int, _ contents: Contents) -> Data {
            if contents == .random {
                let bytes = (0..<(count + 7) / 8).flatMap { _ in withUnsafeBytes(of: number()) { Array($0) } }
                return Data([0] + bytes.prefix(count - 1).map { Self.isLetter($0) ? $0 | 0x80 : $0 })
            }
            var text = ""
            let own = contents == .text ? count : count / 16
            while text.utf8.count < own { text += next() + " " }
            var repeated = ""
            while repeated.utf8.count < 4096 { repeated += next() + " " }
            while text.utf8.count < count { text += repeated + "\n" }
            return Data(text.utf8.prefix(count))
        }

        private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

        private mutating func next() -> Substring { Self.words[Int(number() % UInt64(Self.words.count))] }

        private mutating func number() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}
