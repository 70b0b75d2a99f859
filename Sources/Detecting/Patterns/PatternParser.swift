/// Parses the syntax of ``Pattern``.
struct PatternParser {
    private let source: [UInt8]
    private let ignoringCase: Bool
    private var position = 0
    private var depth = 0

    init(source: [UInt8], ignoringCase: Bool) {
        self.source = source
        self.ignoringCase = ignoringCase
    }

    /// Parses the whole pattern.
    mutating func parse() throws(Pattern.SyntaxError) -> PatternNode {
        let node = try parseChoice()
        guard position == source.count else { throw error("it has an unmatched )") }
        return node
    }

    private func error(_ message: String) -> Pattern.SyntaxError { Pattern.SyntaxError(message: message) }

    private var next: UInt8? { position < source.count ? source[position] : nil }

    /// Consumes a literal if it is next.
    ///
    /// It is called at each byte of a pattern, and must not allocate.
    private mutating func take(_ literal: String) -> Bool {
        var end = position
        for byte in literal.utf8 {
            guard end < source.count, source[end] == byte else { return false }
            end += 1
        }
        position = end
        return true
    }

    private mutating func parseChoice() throws(Pattern.SyntaxError) -> PatternNode {
        var alternatives = [try parseSequence()]
        while take("|") { alternatives.append(try parseSequence()) }
        return alternatives.count > 1 ? .choice(alternatives) : alternatives[0]
    }

    private mutating func parseSequence() throws(Pattern.SyntaxError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            let atom = try parseAtom()
            nodes.append(try parseQuantifier(of: atom))
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func parseAtom() throws(Pattern.SyntaxError) -> PatternNode {
        if take("(?<value>") { return .value(try parseGroup()) }
        if take("(?:") { return try parseGroup() }
        if take("(") { throw error("a group starts with (?: or (?<value>") }
        if take("[") { return .set(try parseClass()) }
        if take("^") { return .start }
        if take("$") { return .end }
        if take(".") { return .set(ByteSet.lineEnd.inverted) }
        if take("\\b") { return .boundary }
        if take("\\") { return .set(folded(try parseEscape())) }
        guard let byte = next, !Self.quantifiers.contains(byte) else {
            throw error("a quantifier has nothing before it")
        }
        position += 1
        return .set(folded(ByteSet(byte...byte)))
    }

    private static let quantifiers = ByteSet("?*+{")

    private func folded(_ set: ByteSet) -> ByteSet { ignoringCase ? set.caseFolded : set }

    private static let deepest = 50

    private mutating func parseGroup() throws(Pattern.SyntaxError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw error("its groups are nested too deeply") }
        let node = try parseChoice()
        guard take(")") else { throw error("a group is not closed") }
        return node
    }

    private mutating func parseEscape() throws(Pattern.SyntaxError) -> ByteSet {
        guard let byte = next else { throw error("it ends with a backslash") }
        position += 1
        func only(_ byte: UInt8) -> ByteSet { ByteSet(byte...byte) }
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "w"): return .nameCharacters
        case UInt8(ascii: "s"): return .space
        case UInt8(ascii: "S"): return ByteSet.space.inverted
        case UInt8(ascii: "n"): return only(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): return only(UInt8(ascii: "\r"))
        case UInt8(ascii: "t"): return only(UInt8(ascii: "\t"))
        case UInt8(ascii: "x"):
            return only(try parseHexByte())
        case let byte where ByteSet.alphanumerics.contains(byte): throw error("it has an unknown escape")
        default: return only(byte)
        }
    }

    private mutating func parseHexByte() throws(Pattern.SyntaxError) -> UInt8 {
        let digits = source[position...].prefix(2)
        guard digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw error("an \\x escape does not have two digits")
        }
        position += 2
        return byte
    }

    private mutating func parseClass() throws(Pattern.SyntaxError) -> ByteSet {
        let inverted = take("^")
        var set = ByteSet()
        while let byte = next, byte != UInt8(ascii: "]") {
            position += 1
            if byte == UInt8(ascii: "\\") {
                var escaped = try parseEscape()
                if take("-\\x"), let first = escaped.first {
                    let last = try parseHexByte()
                    guard first <= last else { throw error("a range in a class is reversed") }
                    escaped = ByteSet(first...last)
                }
                set = set.union(escaped)
            } else if next == UInt8(ascii: "-"), position + 1 < source.count, source[position + 1] != UInt8(ascii: "]")
            {
                let last = source[position + 1]
                guard byte <= last else { throw error("a range in a class is reversed") }
                position += 2
                set = set.union(ByteSet(byte...last))
            } else {
                set.insert(byte)
            }
        }
        guard take("]") else { throw error("a class is not closed") }
        set = folded(set)
        return inverted ? set.inverted : set
    }

    private mutating func parseQuantifier(of node: PatternNode) throws(Pattern.SyntaxError) -> PatternNode {
        if take("?") { return .repeated(node, min: 0, max: 1) }
        if take("*") { return .repeated(try consuming(node), min: 0, max: nil) }
        if take("+") { return .repeated(try consuming(node), min: 1, max: nil) }
        guard take("{") else { return node }
        let min = parseNumber()
        var max: Int? = min
        if take(",") { max = next == UInt8(ascii: "}") ? nil : parseNumber() }
        guard take("}"), max.map({ min <= $0 && $0 <= 4096 }) ?? true, min <= 4096 else {
            throw error("a repeat is not {m}, {m,} or {m,n}")
        }
        return .repeated(max == nil ? try consuming(node) : node, min: min, max: max)
    }

    private mutating func parseNumber() -> Int {
        var number = 0
        while let byte = next, ByteSet.digits.contains(byte), number < 100_000 {
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            position += 1
        }
        return number
    }

    /// Refuses an unbounded repetition of something that may be empty, because it would not end.
    private func consuming(_ node: PatternNode) throws(Pattern.SyntaxError) -> PatternNode {
        guard node.minimum > 0 else { throw error("an unbounded repeat may match nothing") }
        return node
    }
}

extension PatternNode {
    /// The bytes that a match may start with; every byte if the match may be empty.
    var firstBytes: ByteSet { minimum > 0 ? consumedFirstBytes : .all }

    /// The bytes that a non-empty match may start with.
    private var consumedFirstBytes: ByteSet {
        switch self {
        case .empty, .boundary, .start, .end: return ByteSet()
        case .set(let set): return set
        case .sequence(let nodes):
            var bytes = ByteSet()
            for node in nodes {
                bytes = bytes.union(node.consumedFirstBytes)
                if node.minimum > 0 { break }
            }
            return bytes
        case .choice(let nodes): return nodes.reduce(ByteSet()) { $0.union($1.consumedFirstBytes) }
        case .repeated(let node, _, _), .value(let node): return node.consumedFirstBytes
        }
    }

    /// The minimum number of bytes that the node matches, capped at the largest integer.
    var minimum: Int {
        switch self {
        case .empty, .boundary, .start, .end: 0
        case .set: 1
        case .sequence(let nodes): nodes.reduce(0) { Self.sum($0, $1.minimum) }
        case .choice(let nodes): nodes.lazy.map(\.minimum).min() ?? 0
        case .repeated(let node, let min, _): Self.product(node.minimum, min)
        case .value(let node): node.minimum
        }
    }

    /// The maximum number of bytes that the node matches; nil if unbounded.
    var maximum: Int? {
        switch self {
        case .empty, .boundary, .start, .end: return 0
        case .set: return 1
        case .sequence(let nodes):
            var sum = 0
            for node in nodes {
                guard let maximum = node.maximum else { return nil }
                sum = Self.sum(sum, maximum)
            }
            return sum
        case .choice(let nodes):
            var longest = 0
            for node in nodes {
                guard let maximum = node.maximum else { return nil }
                longest = Swift.max(longest, maximum)
            }
            return longest
        case .repeated(let node, _, let max):
            guard let max, let maximum = node.maximum else { return nil }
            return Self.product(maximum, max)
        case .value(let node): return node.maximum
        }
    }

    private static func sum(_ first: Int, _ second: Int) -> Int {
        let (sum, isTooLarge) = first.addingReportingOverflow(second)
        return isTooLarge ? .max : sum
    }

    private static func product(_ first: Int, _ second: Int) -> Int {
        let (product, isTooLarge) = first.multipliedReportingOverflow(by: second)
        return isTooLarge ? .max : product
    }
}
