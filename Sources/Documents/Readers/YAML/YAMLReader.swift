/// Reads YAML from libyaml's events; a scalar with aliases is also added under the keys of its aliases.
struct YAMLReader {
    private let text: [UInt8]
    private var reading = Reading(as: .yaml)
    private var stack: [Container] = []
    private var documents = 0
    private var failure: ReadingFailure?
    /// The end of the last scalar: comments are between scalars.
    private var gapStart: Int
    /// The scalars that aliases may repeat, by their names.
    private var anchors: [[UInt8]: (range: Range<Int>, encoding: Encoding)] = [:]
    private let end: Int

    /// An open mapping or sequence.
    private struct Container {
        let address: Address?
        let isMapping: Bool
        let isFlow: Bool
        var count = 0
        /// The address of the member whose value comes next; nil if a key comes next.
        var member: Address?
        var pair = NamePair()
    }

    private init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        gapStart = range.lowerBound
        end = range.upperBound
    }

    /// Reads the stream in `range`.
    ///
    /// - Returns: The values, or the place and the reason why the text is not YAML with keys.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Result<Reading, ReadingFailure> {
        var reader = YAMLReader(text, range)
        let failure = YAMLParser.parse(text, in: range) { reader.handle($0) }
        if let failure = failure ?? reader.failure { return .failure(failure) }
        reader.readComments(until: range.upperBound)
        return .success(reader.reading)
    }

    // MARK: - Structure

    /// Handles an event; returns false to stop.
    private mutating func handle(_ event: YAMLParser.Event) -> Bool {
        switch event {
        case .documentStart:
            if documents == 1 { reading.nest(under: "0") }
            documents += 1
        case .mappingStart(let isFlow): open(isMapping: true, isFlow: isFlow)
        case .sequenceStart(let isFlow): open(isMapping: false, isFlow: isFlow)
        case .mappingEnd, .sequenceEnd: close()
        case .alias(let anchor): addAlias(of: anchor)
        case .scalar(let scalar): add(scalar)
        }
        return failure == nil
    }

    private mutating func open(isMapping: Bool, isFlow: Bool) {
        guard stack.count < Reading.nestingLimit else {
            failure = ReadingFailure(
                offset: gapStart,
                message: "it is nested deeper than \(Reading.nestingLimit) levels"
            )
            return
        }
        let inFlow = isFlow || stack.last?.isFlow ?? false
        stack.append(Container(address: nextAddress(), isMapping: isMapping, isFlow: inFlow))
    }

    private mutating func close() {
        guard let container = stack.popLast() else { return }
        if let alias = container.pair.alias ?? container.pair.aliasOfMapping {
            reading.add(alias.address, alias.range, alias.encoding)
        }
    }

    /// Returns the address of the next node, and counts the node.
    ///
    /// A key that is not a scalar becomes the key `?`.
    private mutating func nextAddress() -> Address? {
        guard let container = stack.last else { return documents > 1 ? Address(nil, String(documents - 1)) : nil }
        let top = stack.count - 1
        guard container.isMapping else {
            stack[top].count += 1
            return Address(container.address, String(container.count))
        }
        if let member = container.member {
            stack[top].member = nil
            return member
        }
        let key = Address(container.address, "?")
        stack[top].member = key
        return key
    }

    /// Adds the scalar that an alias repeats at the address of the alias.
    private mutating func addAlias(of anchor: [UInt8]) {
        let isKey = stack.last.map { $0.isMapping && $0.member == nil } ?? false
        guard let address = nextAddress(), !isKey, let scalar = anchors[anchor] else { return }
        reading.add(address, scalar.range, scalar.encoding)
    }

    // MARK: - Scalars

    private mutating func add(_ scalar: YAMLParser.Scalar) {
        var scalar = scalar
        scalar.range = withoutProperties(scalar.range)
        readComments(until: scalar.range.lowerBound)
        gapStart = scalar.range.upperBound
        let (range, encoding) = content(of: scalar)
        if let container = stack.last, container.isMapping, container.member == nil {
            let address = Address(container.address, String(decoding: scalar.value, as: UTF8.self))
            stack[stack.count - 1].member = address
            reading.addKey(address, range, encoding)
            return
        }
        let isMember = stack.last?.isMapping ?? false
        let address = nextAddress()
        // `key:` has no value, and no place for one either, because there is no blank after it.
        guard scalar.style != .plain || !range.isEmpty else { return }
        reading.add(address, range, encoding)
        if let anchor = scalar.anchor { anchors[anchor] = (range, encoding) }
        if isMember, let address, NamePair.isMember(address.key) {
            stack[stack.count - 1].pair.note(address, range, encoding) {
                String(decoding: scalar.value, as: UTF8.self)
            }
        }
        WordScanner.scan(text, range, under: address, spelledAs: encoding, into: &reading)
    }

    /// Returns the range of a scalar without its anchor and tag, which libyaml includes.
    private func withoutProperties(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start < range.upperBound, text[start] == .ampersand || text[start] == .exclamation {
            while start < range.upperBound, !text[start].isWhitespace { start += 1 }
            while start < range.upperBound, text[start].isWhitespace || text[start] == .hash {
                start =
                    text[start] == .hash ? text.endOfLine(from: start, before: range.upperBound).nextLine : start + 1
            }
        }
        return start..<range.upperBound
    }

    /// Returns the range of a scalar's content, without quotes and indicators, and its encoding.
    private func content(of scalar: YAMLParser.Scalar) -> (Range<Int>, Encoding) {
        let range = scalar.range
        switch scalar.style {
        case .plain:
            return (range, stack.last?.isFlow ?? false ? .yamlFlowPlain : .yamlPlain)
        case .singleQuoted:
            return ((range.lowerBound + 1)..<(range.upperBound - 1), .yamlSingleQuoted)
        case .doubleQuoted:
            return ((range.lowerBound + 1)..<(range.upperBound - 1), .yamlDoubleQuoted)
        case .literal, .folded:
            return blockContent(of: scalar)
        }
    }

    /// Returns the content of a block scalar, from its first character to the end of its last non-blank line.
    private func blockContent(of scalar: YAMLParser.Scalar) -> (Range<Int>, Encoding) {
        let start = text.endOfLine(from: scalar.range.lowerBound, before: end).nextLine
        let limit = max(start, scalar.range.upperBound)
        // Each blank line before the first non-blank one is a line break of the value. The spaces by which the first
        // non-blank line exceeds the value's first line are the indentation.
        let rest = scalar.value.drop { $0 == .newline }
        var firstLine = start
        for _ in 0..<(scalar.value.count - rest.count) {
            firstLine = text.endOfLine(from: firstLine, before: limit).nextLine
        }
        let spaces = text[firstLine..<limit].prefix { $0 == .space }.count
        let indent = rest.isEmpty ? 0 : max(0, spaces - rest.prefix { $0 == .space }.count)
        let contentEnd = rest.isEmpty ? start : blockEnd(from: firstLine, before: limit, indent: indent)
        let blanks = text[start..<contentEnd].prefix { $0 == .space }.count
        let range = (start + min(blanks, indent))..<contentEnd
        return (range, scalar.style == .literal ? .yamlLiteral(indent: indent) : .yamlFolded(indent: indent))
    }

    /// Returns the end of the last line that consists of more than its indentation.
    private func blockEnd(from start: Int, before limit: Int, indent: Int) -> Int {
        var end = start
        var index = start
        while index < limit {
            let line = text.endOfLine(from: index, before: limit)
            let isBlank = line.contentEnd - index <= indent && text[index..<line.contentEnd].allSatisfy { $0 == .space }
            if !isBlank { end = line.contentEnd }
            index = line.nextLine
        }
        return end
    }

    // MARK: - Comments

    /// Reads the comments between the last scalar and `limit`.
    private mutating func readComments(until limit: Int) {
        var index = gapStart
        while index < limit {
            guard text[index] == .hash, index == 0 || text[index - 1].isWhitespace || index == gapStart else {
                index += 1
                continue
            }
            let line = text.endOfLine(from: index, before: limit)
            CommentReader.read(text, index..<line.contentEnd, into: &reading)
            index = line.nextLine
        }
    }
}
