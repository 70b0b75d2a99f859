/// Reads XML and HTML: attributes, the text between tags, and settings in comments.
///
/// It is lenient: an unclosed element ends with the enclosing one, and a `<` that does not begin a tag is text.
struct MarkupReader {
    private static let nestingLimit = 64
    /// The HTML elements without an end tag.
    private static let voidElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    private let text: [UInt8]
    private let end: Int
    private var index: Int
    private var reading = Reading(as: .assignments)
    private var elements: [Element] = []

    /// An open element.
    private struct Element {
        let address: Address
        /// The value of its attribute `name` or `key`: `<string name="token">…`.
        var name: String?
        /// Its children `<name>` and `<value>`.
        var pair = NamePair()
        /// The text of its last child `<key>`, as in a property list.
        var key: String?
    }

    private init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        index = range.lowerBound
        end = range.upperBound
    }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = MarkupReader(text, range)
        while reader.index < reader.end { reader.readNode() }
        return reader.reading
    }

    private mutating func readNode() {
        let textStart = index
        while index < end, !isTagStart(index) { index += 1 }
        let content = text.trimmed(textStart..<index)
        if !content.isEmpty { addContent(content, .xml) }
        guard index < end else { return }
        if text.has("<!--", at: index, before: end) {
            readComment()
        } else if text.has("<![CDATA[", at: index, before: end) {
            let start = index + 9
            let close = find("]]>", from: start)
            addContent(text.trimmed(start..<close), .line)
            index = min(close + 3, end)
        } else if text[index + 1] == .slash {
            let nameStart = index + 2
            index = min(text.firstIndex(of: .greaterThan, in: index..<end) + 1, end)
            closeElement(text.string(in: text.trimmed(nameStart..<max(nameStart, index - 1))))
        } else if text[index + 1] == .exclamation || text[index + 1] == .question {
            index = min(text.firstIndex(of: .greaterThan, in: index..<end) + 1, end)
        } else {
            readElement()
        }
    }

    private func isTagStart(_ index: Int) -> Bool {
        guard text[index] == .lessThan, index + 1 < end else { return false }
        let next = text[index + 1]
        return next.isNameByte || next == .slash || next == .exclamation || next == .question
    }

    private func find(_ word: StaticString, from start: Int) -> Int {
        var index = start
        while index < end, !text.has(word, at: index, before: end) { index += 1 }
        return index
    }

    private mutating func readComment() {
        let start = index + 4
        let close = find("-->", from: start)
        var lineStart = start
        while lineStart < close {
            let line = text.endOfLine(from: lineStart, before: close)
            CommentReader.read(text, lineStart..<line.contentEnd, into: &reading)
            lineStart = line.nextLine
        }
        index = min(close + 3, end)
    }

    private mutating func closeElement(_ name: String) {
        guard let depth = elements.lastIndex(where: { $0.address.key == name }) else { return }
        if let alias = elements[depth].pair.alias { reading.add(alias.address, alias.range, alias.encoding) }
        elements.removeSubrange(depth...)
    }

    private mutating func readElement() {
        let nameStart = index + 1
        index = nameStart
        while index < end, isNameByte(text[index]) { index += 1 }
        let name = text.string(in: nameStart..<index)
        let address = Address(elements.last?.address, name)
        var pair = NamePair()
        while index < end, text[index] != .greaterThan, text[index] != .lessThan {
            if text[index].isWhitespace || text[index] == .slash {
                index += 1
            } else {
                readAttribute(of: address, &pair)
            }
        }
        if let alias = pair.alias { reading.add(alias.address, alias.range, alias.encoding) }
        let isClosed = index > nameStart && text[index - 1] == .slash
        if index < end, text[index] == .greaterThan { index += 1 }
        if !isClosed, elements.count < Self.nestingLimit, !Self.voidElements.contains(name) {
            elements.append(Element(address: address, name: pair.name))
        }
    }

    private mutating func readAttribute(of element: Address, _ pair: inout NamePair) {
        let start = index
        while index < end, isNameByte(text[index]) { index += 1 }
        let name = start..<index
        guard !name.isEmpty else {
            index += 1
            return
        }
        let address = Address(element, text.string(in: name))
        reading.addKey(address, name, .bare)
        while index < end, text[index].isWhitespace { index += 1 }
        guard index < end, text[index] == .equals else { return }
        index += 1
        while index < end, text[index].isWhitespace { index += 1 }
        guard index < end else { return }
        var value: Range<Int>
        if text[index] == .doubleQuote || text[index] == .singleQuote {
            let close = text.firstIndex(of: text[index], in: (index + 1)..<end)
            value = (index + 1)..<close
            index = min(close + 1, end)
        } else {
            let start = index
            while index < end, !text[index].isWhitespace, text[index] != .greaterThan { index += 1 }
            value = start..<index
        }
        reading.add(address, value, .xml)
        if NamePair.isMember(address.key) { pair.note(address, value, .xml) { text.string(in: value) } }
        WordScanner.scan(text, value, under: address, spelledAs: .xml, into: &reading)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte.isNameByte || byte == .dash || byte == .dot || byte == .colon
    }

    /// Adds the text of the innermost element, also under the name given by an attribute or the preceding element.
    private mutating func addContent(_ range: Range<Int>, _ encoding: Encoding) {
        let element = elements.last
        reading.add(element?.address, range, encoding)
        WordScanner.scan(text, range, under: element?.address, spelledAs: encoding, into: &reading)
        guard let element else { return }
        if let name = element.name, !name.isEmpty {
            reading.add(Address(element.address.outer, name), range, encoding)
        }
        guard elements.count > 1 else { return }
        let parent = elements.count - 2
        if element.address.key == "value", let name = elements[parent].name, !name.isEmpty {
            // This is `<property name="password"><value>…`.
            reading.add(Address(elements[parent].address.outer, name), range, encoding)
        } else if NamePair.isMember(element.address.key) {
            elements[parent].pair.note(element.address, range, encoding) { text.string(in: range) }
        }
        if element.address.key == "key" {
            elements[parent].key = text.string(in: range)
        } else if let key = elements[parent].key {
            reading.add(Address(element.address.outer, key), range, encoding)
            elements[parent].key = nil
        }
    }
}
