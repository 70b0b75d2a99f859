internal import Glibc

/// Says where one of many windows may begin in a text, by a byte that all of them have at one place.
///
/// Most known values are names and addresses, with a dot or an at sign in them: these are few in a text, and the system finds
/// the next of them faster than anything that looks at each byte.
struct MarkSieve: Sendable {
    /// The byte.
    let mark: UInt8

    /// How many bytes of a window stand before the mark, and how many behind it.
    static let before = 4
    static let behind = 2
    /// How many bytes a window has.
    static let width = before + 1 + behind

    /// Calls `body` with each place of `text` at which a window may begin, and the folded bytes there.
    func search(_ text: [UInt8], _ body: (_ start: Int, _ window: UInt64) -> Void) {
        let bytes = unsafe text.span.bytes
        var position = Self.before
        while let place = next(in: text, from: position), place + Self.behind < text.count {
            let start = place - Self.before
            body(start, FoldedBytes.load(Self.width, of: bytes, at: start))
            position = place + 1
        }
    }

    /// Where the mark stands next.
    private func next(in text: [UInt8], from start: Int) -> Int? {
        unsafe text.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, Int32(mark), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
