/// The results of reading a text.
struct Reading {
    /// The maximum number of addressed values kept for a text; the text after them is searched without keys.
    static let valueLimit = 1 << 21

    /// The maximum nesting depth of containers in a text that is read with its keys.
    static let nestingLimit = 256

    /// The format in which the text was read.
    var format: Format
    /// The addressed values, in the order in which they were found.
    private(set) var values: [AddressedValue] = []
    /// The problems that the reader reports.
    var notes: [Note] = []

    /// A note with the offset that it refers to, which becomes a line of the file.
    struct Note {
        var offset: Int?
        var message: String
    }

    init(as format: Format) { self.format = format }

    /// Adds a value encoded by the bytes from `start` to `end`.
    mutating func add(
        _ address: Address?,
        _ range: Range<Int>,
        _ encoding: Encoding,
        _ role: AddressedValue.Role = .value
    ) {
        guard values.count < Self.valueLimit else {
            if values.count == Self.valueLimit, notes.last?.message != Self.limitMessage {
                notes.append(Note(offset: range.lowerBound, message: Self.limitMessage))
            }
            return
        }
        let span = Span(range.lowerBound, range.upperBound)
        values.append(AddressedValue(address: address, span: span, encoding: encoding, role: role))
    }

    /// Removes the values from `index` on, because they turned out to be parts of a separate text.
    mutating func removeValues(from index: Int) { values.removeSubrange(min(index, values.count)...) }

    /// Whether a range is inside a value, from `index` on, with a different encoding.
    func isSpelled(otherThan encoding: Encoding, around range: Range<Int>, from index: Int) -> Bool {
        let span = Span(range.lowerBound, range.upperBound)
        return values[index...].contains { $0.encoding != encoding && $0.span.contains(span) }
    }

    /// Whether a range partly overlaps a value, from `index` on.
    func crosses(_ range: Range<Int>, from index: Int) -> Bool {
        let span = Span(range.lowerBound, range.upperBound)
        return values[index...].contains { value in
            value.span.overlaps(span) && !value.span.contains(span) && !span.contains(value.span)
        }
    }

    private static let limitMessage = "the text has more than \(valueLimit) values; from here on they have no keys"

    /// Adds the name of a setting.
    mutating func addKey(_ address: Address?, _ range: Range<Int>, _ encoding: Encoding) {
        add(address, range, encoding, .key)
    }

    /// Puts `key` before the keys of all values so far, because they turned out to belong to the first of several
    /// documents.
    mutating func nest(under key: String) {
        let root = Address(nil, key)
        var nested: [ObjectIdentifier: Address] = [:]
        func move(_ address: Address?) -> Address {
            guard let address else { return root }
            if let known = nested[ObjectIdentifier(address)] { return known }
            let moved = Address(move(address.outer), address.key)
            nested[ObjectIdentifier(address)] = moved
            return moved
        }
        let unmoved = values
        for index in values.indices { values[index].address = move(unmoved[index].address) }
    }

    /// The values in order of their spans; equal spans in the order in which they were found.
    func sortedValues() -> [AddressedValue] {
        var isSorted = true
        for (left, right) in zip(values, values.dropFirst()) where right.span < left.span {
            isSorted = false
            break
        }
        guard !isSorted else { return values }
        let order = values.indices.sorted { (values[$0].span, $0) < (values[$1].span, $1) }
        return order.map { values[$0] }
    }
}
