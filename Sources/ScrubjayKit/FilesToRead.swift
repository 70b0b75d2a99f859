internal import Detecting
internal import Documents

/// What a scan says about the files of a deployment, of which it is told how much of each a plan needs.
struct FilesToRead: Sendable {
    /// How much of a file is read.
    enum Extent {
        case whole
        case binary
        case text
    }

    /// The files that are read as a whole, those in archives among them.
    var whole: Set<String>
    /// What could not be read as its format, by path.
    private(set) var notes: [String: [Document.Note]] = [:]
    private var binaries: Set<String> = []

    /// Begins with files that are read as a whole whatever the scan says.
    init(whole: Set<String>) { self.whole = whole }

    /// Takes in what the scan says about a file, or about a part of a large one.
    mutating func add(_ text: Scanner.ScannedText) {
        if text.isBinary { binaries.insert(text.path) }
        if !text.notes.isEmpty { notes[text.path, default: []] += text.notes }
        if text.findings.contains(where: { $0.location != nil }) || !text.kept.isEmpty || !text.notes.isEmpty {
            whole.insert(text.path)
        }
    }

    /// How much is read of the file at `path`.
    func extent(of path: String) -> Extent {
        whole.contains(path) ? .whole : binaries.contains(path) ? .binary : .text
    }
}
