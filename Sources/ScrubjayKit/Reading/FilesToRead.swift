internal import Detecting
internal import Documents

/// How much of each file a plan must read, as decided by a scan; ``PlanDocuments`` holds what is then read.
struct FilesToRead: Sendable {
    /// How much of a file is read.
    enum Extent {
        case whole
        case binary
        case text
    }

    /// The files that are read completely, including members of archives.
    var whole: Set<String>
    /// The parts that could not be read in the file's format, by path.
    private(set) var notes: [String: [Document.Note]] = [:]
    private var binaries: Set<String> = []

    /// Begins with files that are read completely regardless of the scan.
    init(whole: Set<String>) { self.whole = whole }

    /// Adds the scan's result for a file, or for a part of a large one.
    mutating func add(_ text: Scanner.ScannedText) {
        if text.isBinary { binaries.insert(text.path) }
        if !text.notes.isEmpty { notes[text.path, default: []] += text.notes }
        if text.findings.contains(where: { $0.location != nil }) || !text.kept.isEmpty || !text.notes.isEmpty {
            whole.insert(text.path)
        }
    }

    /// Returns how much of the file at `path` is read.
    func extent(of path: String) -> Extent {
        whole.contains(path) ? .whole : binaries.contains(path) ? .binary : .text
    }
}
