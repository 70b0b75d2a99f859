internal import Collecting
internal import Detecting
internal import Documents

/// Files of a history that are scanned together; those with the same path are versions of one file.
struct HistoryBatch: ScanSource {
    private let files: [SourceFile]

    /// Takes files, the oldest first.
    init(_ files: [SourceFile]) {
        self.files = files.enumerated().sorted { left, right in
            let (first, second) = (left.element.path, right.element.path)
            return first.precedes(second) || first == second && left.offset < right.offset
        }.map(\.element)
    }

    /// Returns the origin of a file.
    func origin(of index: Int) -> SourceFile.Origin { files[index].origin }

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { files[index].bytes.count }

    /// Returns the format of a file: text for a link, whose target is text whatever its name suggests; nil to detect
    /// it.
    func format(of index: Int) -> Format? { files[index].isLink ? .prose : nil }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        buffer = Array(files[index].bytes.dropFirst(offset).prefix(count))
        return true
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        buffer = files[index].bytes
        return true
    }
}
