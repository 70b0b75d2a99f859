/// Decodes ASCII armor incrementally; passes binary files through unchanged.
///
/// Strict PEM (RFC 7468) in one form only: full lines of 64 letters, canonical base64, nothing but white space around
/// it. Lines may end in CR LF.
struct AgeArmor {
    private static let beginning = Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8)
    private static let end = Array("-----END AGE ENCRYPTED FILE-----".utf8)
    private static let columns = 64
    /// The maximum white space before the first line, in bytes.
    private static let mostLeading = 1024

    private enum State {
        case start, binary, body, lastBodyLine, trailer
    }

    private var state = State.start
    /// The start of the file or of a line that is not decoded yet.
    private var pending: [UInt8] = []

    /// Decodes more bytes of the file, and appends the result.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    mutating func decode(_ bytes: RawSpan, into output: inout [UInt8]) throws(AgeError) {
        let bytes = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
        guard state != .binary else {
            output += bytes
            return
        }
        pending += bytes
        if state == .start { try recogniseStart(isAll: false, into: &output) }
        if state == .body || state == .lastBodyLine { try takeLines(into: &output) }
        if state == .trailer { try takeTrailer() }
    }

    /// Ends the file.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    mutating func finish(into output: inout [UInt8]) throws(AgeError) {
        if state == .start { try recogniseStart(isAll: true, into: &output) }
        if state == .body || state == .lastBodyLine {
            // The last line needs no line end.
            pending.append(UInt8(ascii: "\n"))
            try takeLines(into: &output)
        }
        if state == .trailer { try takeTrailer() }
        guard state == .binary || state == .trailer else { throw Self.malformed("it has no end") }
    }

    private mutating func recogniseStart(isAll: Bool, into output: inout [UInt8]) throws(AgeError) {
        let text = pending.drop(while: Self.isSpace)
        let start = text.prefix(Self.beginning.count)
        if start.count == Self.beginning.count || isAll
            ? start == Self.beginning[...] : Self.beginning.starts(with: start)
        {
            guard pending.count - text.count <= Self.mostLeading else {
                throw Self.malformed("there is too much white space before it")
            }
            guard start.count == Self.beginning.count else { return }
            let rest = text.dropFirst(Self.beginning.count)
            // The first line is complete when its line end has arrived.
            guard let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                if isAll || rest.count > 1 { throw Self.malformed("there is text after its first line") }
                return
            }
            guard rest[..<lineEnd].isEmpty || rest[..<lineEnd] == [UInt8(ascii: "\r")] else {
                throw Self.malformed("there is text after its first line")
            }
            pending = Array(rest[(lineEnd + 1)...])
            state = .body
        } else {
            state = .binary
            output += pending
            pending = []
        }
    }

    private mutating func takeLines(into output: inout [UInt8]) throws(AgeError) {
        var position = 0
        while state != .trailer, let lineEnd = pending[position...].firstIndex(of: UInt8(ascii: "\n")) {
            var line = pending[position..<lineEnd]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            position = lineEnd + 1
            if line == Self.end[...] {
                state = .trailer
                break
            }
            guard state == .body else { throw Self.malformed("there is a line after its last one") }
            guard (1...Self.columns).contains(line.count), let bytes = try? Base64.decode(Array(line)) else {
                throw Self.malformed("a line is not base64 of at most 64 letters")
            }
            output += bytes
            if line.count < Self.columns || line.last == UInt8(ascii: "=") { state = .lastBodyLine }
        }
        pending.removeFirst(position)
        if state != .trailer, pending.count > Self.columns + 2 { throw Self.malformed("a line is too long") }
    }

    private mutating func takeTrailer() throws(AgeError) {
        guard pending.allSatisfy(Self.isSpace) else { throw Self.malformed("there is text after its end") }
        pending = []
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }

    private static func malformed(_ what: String) -> AgeError { AgeError(.malformed, "malformed ASCII armor: \(what)") }
}
