internal import Collecting
internal import Documents

/// The text of a policy, to which decisions can be added.
///
/// All existing bytes are preserved.
///
/// An entry is added after the last one of its list, with the same indentation. The result is parsed again and accepted
/// only if it means the same as the old text plus the decision.
public struct PolicyText: Sendable {
    /// A decision to add.
    public enum Decision: Sendable {
        /// The name and everything under it is kept.
        case keepDomain(String)
        /// The name and everything under it is replaced.
        case replaceDomain(String)
        /// The value is kept; the note that describes it is added as a comment.
        case keepValue(PolicyFile.Selection.Value, note: String)
        /// The value is replaced.
        case replaceValue(PolicyFile.Selection.Value, note: String)
        /// The file is omitted.
        case omit(path: String)
        /// Fingerprints are made with the key that has this id.
        case fingerprintKey(String)
    }

    /// The text.
    public private(set) var bytes: [UInt8]
    /// The parsed policy.
    public private(set) var policy: PolicyFile
    private let path: String

    /// Takes a text, which may be empty.
    ///
    /// - Throws: ``PolicyError`` if it is not a policy.
    public init(_ bytes: [UInt8] = [], path: String) throws(PolicyError) {
        self.bytes = bytes
        self.path = path
        policy = try PolicyFile(reading: bytes, path: path)
    }

    /// Adds a decision.
    ///
    /// - Throws: ``PolicyError`` if nothing can be added to the text as it is written; the text is then unchanged.
    public mutating func add(_ decision: Decision) throws(PolicyError) {
        for isFirst in [false, true] {
            guard let expected = Self.adding(decision, to: policy, first: isFirst),
                let text = inserting(try Self.entry(for: decision, at: path), first: isFirst),
                let read = try? PolicyFile(reading: text, path: path), read == expected,
                Self.isInForce(decision, in: read)
            else { continue }
            bytes = text
            policy = read
            return
        }
        throw PolicyError(
            at: path,
            "a decision cannot be added to it in its current layout; write its lists with one entry per line, each after a dash"
        )
    }

    // MARK: - The entry for a decision

    /// A place in the text, and the lines to insert there.
    private struct Entry {
        var fields: [String]
        var lines: [String]
    }

    private static func entry(for decision: Decision, at path: String) throws(PolicyError) -> Entry {
        switch decision {
        case .keepDomain(let name): Entry(fields: ["keep", "domains"], lines: ["- \(name)"])
        case .replaceDomain(let name): Entry(fields: ["replace", "domains"], lines: ["- \(name)"])
        case .keepValue(let value, let note):
            Entry(fields: ["keep", "values"], lines: try lines(for: value, note: note, at: path))
        case .replaceValue(let value, let note):
            Entry(fields: ["replace", "values"], lines: try lines(for: value, note: note, at: path))
        case .omit(let file):
            Entry(
                fields: ["actions"],
                lines: ["- do: omit", "  paths: [\(try quoted(PathPattern.escaped(file), at: path))]"]
            )
        case .fingerprintKey(let id): Entry(fields: ["fingerprintKeyID"], lines: [id])
        }
    }

    private static func lines(
        for value: PolicyFile.Selection.Value,
        note: String,
        at path: String
    ) throws(PolicyError) -> [String] {
        let comment = String(String.UnicodeScalarView(note.unicodeScalars.map { isPlain($0) ? $0 : "?" }))
        var lines = ["- fingerprint: \(value.fingerprint)" + (note.isEmpty ? "" : "  # \(comment)")]
        if let reason = value.reason { lines.append("  reason: \(try quoted(reason, at: path))") }
        return lines
    }

    /// Returns a text in single quotes, in which only the quote itself is special.
    private static func quoted(_ text: String, at path: String) throws(PolicyError) -> String {
        guard text.unicodeScalars.allSatisfy(isPlain) else {
            throw PolicyError(at: path, "texts with control characters cannot be written into it")
        }
        return "'" + text.replacing("'", with: "''") + "'"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value != 0x2028
            && scalar.value != 0x2029
            && scalar.value != 0xFEFF
    }

    /// Returns the policy with the decision; nil if the order does not apply to it.
    private static func adding(_ decision: Decision, to policy: PolicyFile, first isFirst: Bool) -> PolicyFile? {
        var policy = policy
        if isFirst {
            guard case .omit(let path) = decision else { return nil }
            policy.actions.insert(PolicyFile.Action(.omit, paths: pattern(for: path)), at: 0)
            return policy
        }
        switch decision {
        case .keepDomain(let name): policy.keep.domains.append(name)
        case .replaceDomain(let name): policy.replace.domains.append(name)
        case .keepValue(let value, _): policy.keep.values.append(value)
        case .replaceValue(let value, _): policy.replace.values.append(value)
        case .omit(let path): policy.actions.append(PolicyFile.Action(.omit, paths: pattern(for: path)))
        case .fingerprintKey(let id): policy.fingerprintKeyID = id
        }
        return policy
    }

    private static func pattern(for path: String) -> [PathPattern] {
        (try? PathPattern(PathPattern.escaped(path))).map { [$0] } ?? []
    }

    private static func isInForce(_ decision: Decision, in policy: PolicyFile) -> Bool {
        if case .omit(let path) = decision { policy.deed(withFile: path) == .omit } else { true }
    }

    // MARK: - The place of the entry

    /// Returns the text with the entry; nil if there is no place for it.
    private func inserting(_ entry: Entry, first isFirst: Bool) -> [UInt8]? {
        let root = (try? YAMLNode.read(bytes)) ?? nil
        guard let members = root?.members, let name = entry.fields.first else {
            return root == nil || root?.content == .empty
                ? appending(entry.fields[...], entry.lines, indentation: 0) : nil
        }
        guard let member = members.first(where: { $0.name == name }) else {
            guard let first = members.first, let indentation = indentation(of: first.offset) else { return nil }
            return appending(entry.fields[...], entry.lines, indentation: indentation)
        }
        return inserting(entry.fields.dropFirst(), entry.lines, into: member, first: isFirst)
    }

    private func inserting(
        _ fields: ArraySlice<String>,
        _ lines: [String],
        into member: YAMLNode.Member,
        first isFirst: Bool
    ) -> [UInt8]? {
        guard let outer = indentation(of: member.offset) else { return nil }
        switch member.value.content {
        case .empty:
            return adding(Self.block(fields, lines, indentation: outer + 2), behindLineOf: member.offset)
        case .mapping(let members):
            guard let name = fields.first, let first = members.first, let inner = indentation(of: first.offset) else {
                return nil
            }
            guard let next = members.first(where: { $0.name == name }) else {
                return adding(Self.block(fields, lines, indentation: inner), beforeLineOf: first.offset)
            }
            return inserting(fields.dropFirst(), lines, into: next, first: isFirst)
        case .sequence(let elements):
            guard fields.isEmpty, let first = elements.first, let last = elements.last,
                let indentation = indentation(of: first.offset, behindDash: true)
            else { return nil }
            let block = Self.block([], lines, indentation: indentation)
            return isFirst
                ? adding(block, beforeLineOf: first.offset) : adding(block, behindLineOf: last.lastOffset)
        case .scalar, .alias: return nil
        }
    }

    /// Returns the lines under the fields that lead to them.
    private static func block(_ fields: ArraySlice<String>, _ lines: [String], indentation: Int) -> [String] {
        let spaces = String(repeating: " ", count: indentation)
        guard let name = fields.first else { return lines.map { spaces + $0 } }
        if fields.count == 1, lines.count == 1, lines[0].first != "-" { return ["\(spaces)\(name): \(lines[0])"] }
        return ["\(spaces)\(name):"] + block(fields.dropFirst(), lines, indentation: indentation + 2)
    }

    private func appending(_ fields: ArraySlice<String>, _ lines: [String], indentation: Int) -> [UInt8] {
        var text = bytes
        if let last = text.last, last != UInt8(ascii: "\n") { text += lineEnd }
        if !text.isEmpty { text += lineEnd }
        return text + encoded(Self.block(fields, lines, indentation: indentation))
    }

    private func adding(_ lines: [String], behindLineOf offset: Int) -> [UInt8] {
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else {
            return bytes + lineEnd + encoded(lines)
        }
        return Array(bytes[...end]) + encoded(lines) + bytes[(end + 1)...]
    }

    private func adding(_ lines: [String], beforeLineOf offset: Int) -> [UInt8] {
        let start = lineStart(of: offset)
        return Array(bytes[..<start]) + encoded(lines) + bytes[start...]
    }

    private func encoded(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + lineEnd } }

    private var lineEnd: [UInt8] {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0, bytes[end - 1] == UInt8(ascii: "\r") else {
            return Array("\n".utf8)
        }
        return Array("\r\n".utf8)
    }

    private func lineStart(of offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// The number of spaces before the text at `offset`, or before its dash; nil if anything else precedes it.
    private func indentation(of offset: Int, behindDash: Bool = false) -> Int? {
        let before = bytes[lineStart(of: offset)..<offset]
        let spaces = before.prefix { $0 == UInt8(ascii: " ") }
        let rest = before.dropFirst(spaces.count)
        guard behindDash else { return rest.isEmpty ? spaces.count : nil }
        return rest.starts(with: "- ".utf8) ? spaces.count : nil
    }
}

extension YAMLNode {
    /// The offset of the node's last scalar.
    fileprivate var lastOffset: Int {
        switch content {
        case .scalar, .empty, .alias: offset
        case .sequence(let elements): elements.last?.lastOffset ?? offset
        case .mapping(let members): members.last.map { max($0.offset, $0.value.lastOffset) } ?? offset
        }
    }
}
