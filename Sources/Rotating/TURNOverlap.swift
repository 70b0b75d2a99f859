internal import Documents
internal import Sodium

/// The texts that configure a coturn server while it accepts two shared secrets: `static-auth-secret` may occur more
/// than once, in its file and among its arguments.
///
/// If the setting names a variable, the old secret is written in plain text after the variable during that time.
///
/// Calls that began with the old secret continue with it until TURN_TTL is over; without an overlap they would lose
/// their relay.
package struct TURNOverlap: Sendable {
    /// The old secrets, by the names of the variables that held them.
    private let variables: [String: SharedSecret]

    private static let setting = Array("static-auth-secret".utf8)
    private static let option = Array("--static-auth-secret=".utf8)
    private static let lineEnd = UInt8(ascii: "\n")
    private static let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]

    /// Makes an overlap.
    ///
    /// - Parameter variables: the old secrets, by the names of the variables that held them. A secret with a byte that
    ///   is special in a compose file or a shell is not written anywhere.
    init(variables: [String: SharedSecret] = [:]) {
        self.variables = variables.filter { $1.exposed.allSatisfy(Self.isPlain) }
    }

    /// Returns the new contents, with the old secret after each new one that changed.
    func contents(before: [UInt8], after: [UInt8]) -> [UInt8] {
        let old = before.split(separator: Self.lineEnd, omittingEmptySubsequences: false)
        let new = after.split(separator: Self.lineEnd, omittingEmptySubsequences: false)
        guard old.count == new.count else { return after }
        var lines: [ArraySlice<UInt8>] = []
        for (old, new) in zip(old, new) {
            if old == new {
                lines += linesWithOldSecret(of: new)
            } else if Self.value(in: old) != nil, Self.value(in: new) != nil {
                lines += [new, old]
            } else if let oldOption = Option(in: old), let newOption = Option(in: new) {
                lines.append(newOption.line(with: oldOption))
            } else {
                lines.append(new)
            }
        }
        return Array(lines.joined(separator: [Self.lineEnd]))
    }

    /// Whether an otherwise unchanged file changes for the overlap, because it configures a coturn server through a
    /// variable.
    func changes(_ document: Document) -> Bool {
        document.configuresTURN && contents(before: document.bytes, after: document.bytes) != document.bytes
    }

    /// Returns the lines that replace an unchanged line, with the old secret of the variable that the line names.
    ///
    /// The old secret is added in the same line or in another one after it; a line that names no such variable stays
    /// alone.
    private func linesWithOldSecret(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        if let value = Self.value(in: line), let secret = oldSecret(of: value[...]),
            let place = line.firstRange(of: value)
        {
            return [line, (Array(line[..<place.lowerBound]) + secret + Array(line[place.upperBound...]))[...]]
        }
        guard let option = Option(in: line), let secret = oldSecret(of: option.value),
            let other = Option(in: option.textHolding(secret)[...])
        else { return [line] }
        return [option.line(with: other)]
    }

    /// Returns the previous value of the variable named by `$NAME`, `${NAME}` or `${NAME:-…}`; nil for any other text.
    private func oldSecret(of text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.first == UInt8(ascii: "$") else { return nil }
        var name = text.dropFirst()
        if name.first == UInt8(ascii: "{") {
            guard name.last == UInt8(ascii: "}") else { return nil }
            name = name.dropFirst().prefix { $0.isVariableByte }
        }
        return variables[String(decoding: name, as: UTF8.self)]?.exposed
    }

    /// Returns the contents without one secret; nil if the secret is not there, or if no other secret would remain.
    package static func contents(_ contents: [UInt8], without secret: [UInt8]) -> [UInt8]? {
        let lines = contents.split(separator: lineEnd, omittingEmptySubsequences: false)
        var isLeft = false
        var isGone = false
        let kept = lines.compactMap { line -> ArraySlice<UInt8>? in
            if let value = value(in: line) {
                isLeft = isLeft || value != secret
                isGone = isGone || value == secret
                return value == secret ? nil : line
            }
            guard let first = Option(in: line) else { return line }
            isLeft = isLeft || Array(first.value) != secret
            let shorter = first.lineWithout(secret)
            isGone = isGone || shorter != nil
            return shorter ?? line
        }
        guard isGone, isLeft else { return nil }
        return Array(kept.joined(separator: [lineEnd]))
    }

    /// Returns the secret that a line sets, in the file or in a list with one argument per line; nil for any other
    /// line.
    private static func value(in line: ArraySlice<UInt8>) -> [UInt8]? {
        var text = line.drop(while: isBlank)
        if text.starts(with: Array("- ".utf8)) {
            text = unquoted(text.dropFirst(2).drop(while: isBlank))
            guard text.starts(with: option) else { return nil }
            text = text.dropFirst(2)
        }
        guard text.starts(with: setting) else { return nil }
        var rest = text.dropFirst(setting.count).drop(while: isBlank)
        guard rest.count < text.count - setting.count || rest.first == UInt8(ascii: "=") else { return nil }
        if rest.first == UInt8(ascii: "=") { rest = rest.dropFirst().drop(while: isBlank) }
        rest = unquoted(rest)
        return rest.isEmpty ? nil : Array(rest)
    }

    /// Returns a text without trailing blanks and surrounding quotes.
    private static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        guard text.count > 1, let first = text.first, quotes.contains(first), text.last == first else { return text }
        return text.dropFirst().dropLast()
    }

    /// Whether a byte is literal in a compose file, in a shell and in coturn's file.
    private static func isPlain(_ byte: UInt8) -> Bool { byte.isAlphanumeric || plainMarks.contains(byte) }

    private static let plainMarks = Array("._~+/=-".utf8)

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// The first `--static-auth-secret=…` among the arguments in one line, with the separator between arguments.
    private struct Option {
        private let line: ArraySlice<UInt8>
        /// The option with its value, and with its own quotes if it has any.
        private let text: ArraySlice<UInt8>
        private let separator: [UInt8]
        let value: ArraySlice<UInt8>

        init?(in line: ArraySlice<UInt8>) {
            guard let name = line.firstRange(of: TURNOverlap.option) else { return nil }
            let rest = line[name.upperBound...]
            let variable = rest.starts(with: Array("${".utf8)) ? rest.firstIndex(of: UInt8(ascii: "}")) : nil
            let value =
                variable.map { rest[...$0] }
                ?? rest.prefix { byte in
                    !TURNOverlap.isBlank(byte) && !TURNOverlap.quotes.contains(byte) && !Self.listMarks.contains(byte)
                }
            guard !value.isEmpty else { return nil }
            let before = line[..<name.lowerBound].last
            let after = line[value.endIndex...].first
            self.line = line
            self.value = value
            if let before, TURNOverlap.quotes.contains(before), after == before {
                text = line[(name.lowerBound - 1)...value.endIndex]
                separator = Array(", ".utf8)
            } else {
                text = line[name.lowerBound..<value.endIndex]
                separator = after.map(Self.listMarks.contains) == true ? Array(", ".utf8) : Array(" ".utf8)
            }
        }

        private static let listMarks = Array(",]".utf8)

        /// Returns the option, including quotes around it, with another value.
        func textHolding(_ secret: [UInt8]) -> [UInt8] {
            Array(text[..<value.startIndex]) + secret + Array(text[value.endIndex...])
        }

        /// Returns the line with another line's option after this one.
        func line(with other: Option) -> ArraySlice<UInt8> {
            (Array(line[..<text.endIndex]) + separator + Array(other.text) + Array(line[text.endIndex...]))[...]
        }

        /// Returns the line without the following option, if that has the given secret; nil otherwise.
        func lineWithout(_ secret: [UInt8]) -> ArraySlice<UInt8>? {
            let rest = line[text.endIndex...]
            guard rest.starts(with: separator), let next = Option(in: rest), Array(next.value) == secret,
                next.text.startIndex == rest.startIndex + separator.count
            else { return nil }
            return (Array(line[..<text.endIndex]) + Array(line[next.text.endIndex...]))[...]
        }
    }
}
