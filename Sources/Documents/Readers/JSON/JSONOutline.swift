/// Finds the JSON objects around some places, without building anything for the rest of the text.
///
/// If only two of many thousand values in a text matter, they can be read by themselves, because a setting's value is
/// in the same object as its name, and the keys further out are known.
package struct JSONOutline {
    /// An object and the keys that lead to it, or a scalar member of the outermost object.
    package struct Object: Hashable, Sendable {
        /// Its bytes, including the braces, or those of the member's name and value.
        package var span: Span
        /// The keys from the root inwards; list indexes are decimal numbers.
        package var keyPath: [String]
        /// Whether it is a member, which is not enclosed in braces.
        package var isMember = false
    }

    /// The innermost keys that lead to a value, without list indexes.
    package struct Keys {
        /// The name of the value.
        package var name: Range<Int>
        /// The name of its object.
        package var container: Range<Int>
        /// The next name further out; nil if there is none.
        package var outer: Range<Int>?
    }

    /// An open object or array.
    private struct Container {
        var start: Int
        var isObject: Bool
        /// The name of the current member, without quotes.
        var key: Range<Int> = 0..<0
        /// The number of members or elements begun.
        var count = 0
    }

    private let text: [UInt8]
    private var index = 0
    private var stack: [Container] = []
    /// The places, in order, and the index of the first one that has not been read yet.
    private let places: [Span]
    private var next = 0
    /// The places that have been read but are not yet in an object, in order.
    private var open: [Span] = []
    private var objects: [Object] = []
    /// The scalar members of the outermost object, in order.
    private var members: [Span] = []
    /// Whether any two of these members may be meaningful only together.
    private var hasPair = false
    private let isTelling: (Keys) -> Bool

    /// Returns the innermost objects around `places`, and those with a value whose keys satisfy `isTelling`, disjoint
    /// and in order.
    ///
    /// Of the outermost object, which is the whole text, only the scalar members around places are returned, each by
    /// itself.
    ///
    /// - Parameters:
    ///   - places: spans of the text, in order.
    ///   - text: the text of a file.
    ///   - isTelling: called for each value in a named object, with the places of its keys.
    /// - Returns: the objects; nil if the whole text must be read. This is the case if the text is not plain JSON, or
    ///   if a place is only in the outermost object, and there either not in a scalar or in one that may be meaningful
    ///   only together with another.
    package static func objects(
        around places: [Span],
        in text: [UInt8],
        orWhere isTelling: @escaping (Keys) -> Bool = { _ in false }
    ) -> [Object]? {
        var outline = JSONOutline(text: text, places: places, isTelling: isTelling)
        guard case .utf8 = TextEncoding(of: text), outline.readText(), outline.open.isEmpty,
            outline.next == places.count
        else { return nil }
        return outline.objects
    }

    private init(text: [UInt8], places: [Span], isTelling: @escaping (Keys) -> Bool) {
        self.text = text
        self.places = places
        self.isTelling = isTelling
    }

    // MARK: - Structure

    /// Reads the text; returns false if it is not exactly one value of plain JSON, or if the outermost object is
    /// needed.
    private mutating func readText() -> Bool {
        skipSpace()
        guard readValue() else { return false }
        while let container = stack.last {
            skipSpace()
            guard index < text.count else { return false }
            if text[index] == (container.isObject ? .closeBrace : .closeBracket) {
                index += 1
                guard close() else { return false }
                continue
            }
            if container.count > 0 {
                guard text[index] == .comma else { return false }
                index += 1
                skipSpace()
            }
            stack[stack.count - 1].count += 1
            let start = index
            guard !container.isObject || readName(), readValue() else { return false }
            if stack.count == 1, container.isObject { noteMember(from: start) }
        }
        skipSpace()
        return index == text.count
    }

    /// Records the scalar member of the outermost object that begins at `start` and ends here.
    private mutating func noteMember(from start: Int) {
        let key = text[stack[0].key]
        if key.contains(.backslash) || NamePair.isMember(String(decoding: key, as: UTF8.self)) { hasPair = true }
        members.append(Span(start, index))
    }

    private mutating func readName() -> Bool {
        guard let name = readString() else { return false }
        stack[stack.count - 1].key = name
        skipSpace()
        guard index < text.count, text[index] == .colon else { return false }
        index += 1
        skipSpace()
        askAboutKeys()
        return true
    }

    /// Adds the last name as a place if it is meaningful in combination with the names around it.
    private mutating func askAboutKeys() {
        guard stack.count > 1, index < text.count, text[index] != .openBrace, text[index] != .openBracket else {
            return
        }
        let container = stack[stack.count - 2]
        guard container.isObject else { return }
        let outer = stack.count > 2 && stack[stack.count - 3].isObject ? stack[stack.count - 3].key : nil
        let name = stack[stack.count - 1].key
        guard isTelling(Keys(name: name, container: container.key, outer: outer)) else { return }
        passPlaces()
        open.append(Span(name.lowerBound, name.upperBound))
    }

    /// Opens the places that begin in the part that has already been read.
    private mutating func passPlaces() {
        while next < places.count, places[next].start < index {
            open.append(places[next])
            next += 1
        }
    }

    /// Reads a scalar, or opens a container.
    private mutating func readValue() -> Bool {
        guard index < text.count else { return false }
        switch text[index] {
        case .openBrace, .openBracket:
            guard stack.count < Reading.nestingLimit else { return false }
            stack.append(Container(start: index, isObject: text[index] == .openBrace))
            index += 1
            return true
        case .doubleQuote:
            return readString() != nil
        default:
            let start = index
            index = text.endOfJSONLiteral(from: start, before: text.count)
            return VerbatimRules.literalKind(text[start..<index]) != nil
        }
    }

    /// Reads the string that starts here and returns the range inside its quotes; nil if there is none.
    private mutating func readString() -> Range<Int>? {
        guard index < text.count, text[index] == .doubleQuote,
            case .complete(let range, _) = text.jsonString(at: index, before: text.count)
        else { return nil }
        index = range.upperBound + 1
        return range
    }

    private mutating func skipSpace() {
        while index < text.count, text[index].isWhitespace { index += 1 }
    }

    // MARK: - Objects

    /// Closes the innermost container, and adds it if it is an object around a place; returns false for the outermost
    /// object.
    private mutating func close() -> Bool {
        let container = stack.removeLast()
        passPlaces()
        guard !stack.isEmpty else { return container.isObject && takeMembers() }
        guard container.isObject, takePlaces(in: Span(container.start, index)) else { return true }
        let span = Span(container.start, index)
        while let inner = objects.last, span.contains(inner.span) { objects.removeLast() }
        objects.append(Object(span: span, keyPath: stack.map(name)))
        return true
    }

    /// Takes the members of the outermost object for the remaining places; returns false if a place is not in a member,
    /// or is in one of two that may belong together.
    private mutating func takeMembers() -> Bool {
        guard !open.isEmpty else { return true }
        guard !hasPair else { return false }
        var candidates = members[...]
        for place in open {
            candidates = candidates.drop { $0.end < place.end }
            guard let member = candidates.first, member.contains(place) else { return false }
            let object = Object(span: member, keyPath: [], isMember: true)
            if objects.last != object { objects.append(object) }
        }
        open = []
        objects.sort { $0.span < $1.span }
        return true
    }

    /// Takes the places in `object`, and returns whether there are any; a place that extends beyond it is left to an
    /// outer object.
    private mutating func takePlaces(in object: Span) -> Bool {
        var longer: [Span] = []
        var taken = false
        while let place = open.last, place.start >= object.start {
            open.removeLast()
            if place.end > object.end { longer.append(place) } else { taken = true }
        }
        open += longer.reversed()
        return taken
    }

    /// Returns the name of a container's current member or element.
    private func name(in container: Container) -> String {
        guard container.isObject else { return String(container.count - 1) }
        guard text[container.key].contains(.backslash),
            let decoded = try? Encoding.jsonString.decode(text[container.key])
        else { return text.string(in: container.key) }
        return String(decoding: decoded.bytes, as: UTF8.self)
    }
}
