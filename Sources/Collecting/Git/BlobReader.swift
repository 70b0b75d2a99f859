internal import SystemPackage

/// Reads objects through one `git cat-file --batch`, which stays open.
///
/// Source: git-cat-file(1), "BATCH OUTPUT".
struct BlobReader: ~Copyable {
    /// An answer of git.
    private enum Answer {
        /// The contents.
        case contents([UInt8])
        /// The object is not in this repository.
        case missing
        /// The object was skipped because of its size in bytes.
        case tooLarge(Int)
    }

    private let repository: GitRepository
    private var process: ChildProcess
    private var reader: OutputReader

    /// Starts the program.
    init(_ repository: GitRepository) throws(GitError) {
        self.repository = repository
        process = try repository.start(["cat-file", "--batch"], input: .sent)
        reader = OutputReader(process.output)
    }

    /// Requests an object.
    ///
    /// Only a few requests may be pending, because they wait in a socket's buffer.
    func request(_ id: String) throws(GitError) {
        do throws(Errno) {
            try process.send(Array((id + "\n").utf8))
        } catch {
            throw repository.broken(error)
        }
    }

    /// The maximum size in bytes of a file that is read.
    private static let sizeLimit = 1 << 29

    /// Reads the contents of a file, which must be the oldest pending request.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable` if the error is about this file; ``GitError`` `failed`.
    mutating func contents(of blob: GitBlob) throws -> [UInt8] {
        switch try answer(atMost: Self.sizeLimit) {
        case .contents(let bytes): return bytes
        case .missing: throw CollectingError(.missing, at: blob.name, "its contents are not in this clone")
        case .tooLarge(let size):
            let message = "it is \(size) bytes large, and no file of git beyond \(Self.sizeLimit) is read"
            throw CollectingError(.unreadable, at: blob.name, message)
        }
    }

    /// Reads the answer to the oldest pending request.
    private mutating func answer(atMost limit: Int) throws(GitError) -> Answer {
        do {
            guard let line = try reader.line() else {
                try repository.finish(&process)
                throw repository.unexpected
            }
            let words = line.split(separator: UInt8(ascii: " "))
            if words.last?.elementsEqual("missing".utf8) == true { return .missing }
            guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0 else {
                throw repository.unexpected
            }
            guard size <= limit else {
                // This includes the newline after the contents.
                try reader.skip(size + 1)
                return .tooLarge(size)
            }
            let bytes = try reader.bytes(size)
            guard bytes.count == size, try reader.bytes(1).count == 1 else { throw repository.unexpected }
            return .contents(bytes)
        } catch let error as GitError {
            throw error
        } catch {
            throw repository.broken(error)
        }
    }
}
