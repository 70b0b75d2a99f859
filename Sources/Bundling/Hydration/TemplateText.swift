internal import Documents
internal import Sanitizing

/// A text with stand-ins, as a pattern that matches texts with values in their places.
///
/// It is compared line by line: the text between the stand-ins must be equal.
struct TemplateText {
    /// The place of a stand-in.
    struct Slot {
        /// The encodings of its contents, outermost first.
        var encodings: [Encoding]
        /// The parameters whose stand-ins are in it, each with the remaining steps; empty if the stand-in extends
        /// beyond this line.
        var parameters: [(name: String, steps: [Location.Step])]
        /// The bytes of the slot in the template.
        var bytes: [UInt8]
    }

    /// A line of the template.
    struct Line {
        /// Its bytes with stand-ins.
        var bytes: ArraySlice<UInt8>
        /// The text before, between and after the slots.
        var literals: [ArraySlice<UInt8>]
        var slots: [Slot]
    }

    /// A value found in place of a stand-in.
    struct Value {
        var parameter: String
        var bytes: [UInt8]
    }

    let lines: [Line]

    /// Makes a pattern.
    ///
    /// - Parameters:
    ///   - bytes: the template.
    ///   - places: the stand-ins in it, each with the steps that lead to it.
    init(_ bytes: [UInt8], places: [(parameter: String, steps: [Location.Step])]) {
        var spans: [Location.Step: [(name: String, steps: [Location.Step])]] = [:]
        for (parameter, steps) in places {
            guard let step = steps.first else { continue }
            spans[step, default: []].append((parameter, Array(steps.dropFirst())))
        }
        let sorted = spans.sorted { $0.key.span < $1.key.span }
        var lines: [Line] = []
        var next = 0
        for range in Self.lineRanges(of: bytes) {
            var line = Line(bytes: bytes[range], literals: [], slots: [])
            var cursor = range.lowerBound
            while next < sorted.count, sorted[next].key.span.start <= range.upperBound {
                let (step, parameters) = sorted[next]
                let start = max(step.span.start, range.lowerBound)
                let end = min(step.span.end, range.upperBound)
                let isWhole = step.span.start >= range.lowerBound && step.span.end <= range.upperBound
                line.literals.append(bytes[cursor..<start])
                line.slots.append(
                    Slot(
                        encodings: isWhole ? step.encodings : [],
                        parameters: isWhole ? parameters : [],
                        bytes: Array(bytes[start..<end])
                    )
                )
                cursor = end
                guard step.span.end <= range.upperBound else { break }
                next += 1
            }
            line.literals.append(bytes[cursor..<range.upperBound])
            lines.append(line)
        }
        self.lines = lines
    }

    /// Returns the lines of a text, without their ends.
    static func lineRanges(of bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            ranges.append(start..<end)
            start = end + 1
        }
        return ranges + [start..<bytes.count]
    }

    /// Pairs the lines of this text with those of a text that begins with it, no matter which values that text has; nil
    /// if it does not begin with it.
    ///
    /// More lines may follow if no line of this text has a value that could continue in them.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - isLong: returns whether a parameter's value may have several lines.
    /// - Returns: the lines with values.
    func pairs(
        in text: [UInt8],
        where isLong: (_ parameter: String) -> Bool
    ) -> [(line: Line, text: ArraySlice<UInt8>)]? {
        let own = lines.last.map { $0.bytes.isEmpty } ?? false ? lines.dropLast() : lines[...]
        let ranges = Self.lineRanges(of: text)
        let isWhole = lines.count == ranges.count
        let isOpen = own.contains { $0.slots.contains { $0.parameters.contains { isLong($0.name) } } }
        guard own.count <= ranges.count, isWhole || !isOpen else { return nil }
        let pairs = zip(own, ranges).map { (line: $0, text: text[$1]) }
        return pairs.allSatisfy { $0.line.matches($0.text) } ? pairs : nil
    }

    /// Returns the values in a text that matches this one; nil if it does not match.
    func values(in text: [UInt8], known: OwnerValues?) -> [Value]? {
        let ranges = Self.lineRanges(of: text)
        guard ranges.count == lines.count else { return nil }
        var values: [Value] = []
        for (line, range) in zip(lines, ranges) {
            guard let own = line.values(in: text[range], known: known) else { return nil }
            values += own
        }
        return values
    }
}

extension TemplateText.Line {
    /// Whether a line matches this one.
    func matches(_ line: ArraySlice<UInt8>) -> Bool {
        values(in: line, known: nil) != nil
    }

    /// Returns the values in a line that matches this one; nil if it does not match.
    ///
    /// If there are several readings, the one with the known values is taken.
    func values(in line: ArraySlice<UInt8>, known: OwnerValues?) -> [TemplateText.Value]? {
        guard !slots.isEmpty else { return bytes.elementsEqual(line) ? [] : nil }
        guard let first = literals.first, let last = literals.last, line.count >= first.count + last.count,
            line.starts(with: first), line.suffix(last.count).elementsEqual(last)
        else { return nil }
        let rest = line.dropFirst(first.count).dropLast(last.count)
        var failed: Set<Failure> = []
        if known != nil, let values = read(rest, slot: 0, known: known, failed: &failed) { return values }
        failed = []
        return read(rest, slot: 0, known: nil, failed: &failed)
    }

    /// A slot and an offset from which the rest of a line has no reading.
    ///
    /// Without them, the time would grow exponentially with the number of slots.
    private struct Failure: Hashable {
        var slot: Int
        var offset: Int
    }

    private func read(
        _ rest: ArraySlice<UInt8>,
        slot index: Int,
        known: OwnerValues?,
        failed: inout Set<Failure>
    ) -> [TemplateText.Value]? {
        guard index < slots.count else { return rest.isEmpty ? [] : nil }
        let isLast = index == slots.count - 1
        if isLast { return slots[index].values(in: rest, known: known) }
        let failure = Failure(slot: index, offset: rest.startIndex)
        guard !failed.contains(failure) else { return nil }
        let next = Array(literals[index + 1])
        var end = rest.startIndex
        while let found = rest[end...].firstRange(of: next) {
            if let own = slots[index].values(in: rest[rest.startIndex..<found.lowerBound], known: known),
                let others = read(rest[found.upperBound...], slot: index + 1, known: known, failed: &failed)
            {
                return own + others
            }
            guard found.lowerBound < rest.endIndex else { break }
            end = found.lowerBound + 1
        }
        failed.insert(failure)
        return nil
    }
}

extension TemplateText.Slot {
    /// Returns the values in the contents of a slot; nil if they are invalid in its encodings or differ from the known
    /// values.
    fileprivate func values(in raw: ArraySlice<UInt8>, known: OwnerValues?) -> [TemplateText.Value]? {
        guard let first = parameters.first else { return [] }
        guard let value = Encoding.decoded(raw, through: encodings) else { return nil }
        if first.steps.isEmpty {
            if let known, !known.allows(value, for: first.name) { return nil }
            return [TemplateText.Value(parameter: first.name, bytes: value)]
        }
        guard let template = Encoding.decoded(bytes[...], through: encodings) else { return nil }
        return TemplateText(template, places: parameters.map { ($0.name, $0.steps) }).values(in: value, known: known)
    }
}
