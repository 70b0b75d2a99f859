internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing

/// Recovers the values of a deployment by comparing its files with the template that it was made from.
///
/// If the file contains all lines of the template, they are compared one by one. Otherwise each template line with a
/// stand-in is searched for: the text before, between and after the stand-ins must be equal, and the text in their
/// place is the value. A value of several lines is searched for between the lines around it, and one in an encoded text
/// is searched for in the decoded text.
struct ValueRecovery {
    /// The minimum number of letters and digits in a line beside its stand-ins, so that it is not mistaken for another
    /// line.
    private static let leastMarks = 3
    /// The number of lines before a stand-in that are included if its own line has too few.
    private static let linesBefore = 3

    /// The result for one parameter.
    struct Finding {
        var parameter: String
        var value: [UInt8]
        var path: String
    }

    /// A stand-in in the template, or in the decoded form of an encoded text.
    private struct Slot {
        var parameter: String
        /// The steps to it from the current text.
        var steps: ArraySlice<Location.Step>

        var span: Range<Int> { steps.first?.span.range ?? 0..<0 }
    }

    /// Text that stands for one or several values: a stand-in, or an encoded text with stand-ins.
    private struct Hole {
        var span: Range<Int>
        var slots: [Slot]
    }

    private let hydration: Hydration

    init(_ hydration: Hydration) { self.hydration = hydration }

    /// Returns the values in one file.
    ///
    /// - Parameters:
    ///   - file: the deployment's file.
    ///   - template: the bundle's file.
    ///   - known: the values at other places, needed for lines with several stand-ins; nil to skip such lines.
    /// - Returns: a value for each stand-in whose line was found.
    func findings(in file: [UInt8], template: Member, known: OwnerValues?) -> [Finding] {
        let slots = hydration.places[template.path, default: []].compactMap { placed in
            placed.place.location.map { Slot(parameter: placed.name, steps: $0.steps[...]) }
        }
        guard !slots.isEmpty else { return [] }
        let text = TemplateText(template.bytes, places: slots.map { ($0.parameter, Array($0.steps)) })
        var values: [(parameter: String, value: [UInt8])] = []
        for (line, own) in text.pairs(in: file, where: isLong) ?? [] where known != nil || line.slots.count == 1 {
            values += (line.values(in: own, known: known) ?? []).map { ($0.parameter, $0.bytes) }
        }
        let found = Set(values.map(\.parameter))
        if !slots.allSatisfy({ found.contains($0.parameter) }) {
            values += Self.values(in: file, template: template.bytes, slots: slots, alone: known == nil).filter {
                !found.contains($0.parameter)
            }
        }
        return values.map { name, value in
            let parameter = hydration.parameter(named: name)
            let meant = ComposeDollars.meant(by: value, of: parameter, in: template.path)
            return Finding(parameter: name, value: meant, path: template.path)
        }
    }

    /// Whether a value may have several lines.
    private func isLong(_ name: String) -> Bool {
        let kinds: Set<Kind> = [.privateKey, .publicKey, .certificate]
        return hydration.parameter(named: name).map { kinds.contains($0.kind) } ?? false
    }

    /// Returns the values of lines that are found by the text beside the stand-ins; if `isAlone`, only those of lines
    /// with one stand-in.
    private static func values(
        in file: [UInt8],
        template: [UInt8],
        slots: [Slot],
        alone isAlone: Bool = false
    ) -> [(parameter: String, value: [UInt8])] {
        let holes = Dictionary(grouping: slots, by: \.span).map { Hole(span: $0.key, slots: $0.value) }
            .sorted { $0.span.lowerBound < $1.span.lowerBound }
        guard !holes.isEmpty else { return [] }
        let (lines, ownLines) = (lines(of: file), Self.lines(of: template))
        var found: [(String, [UInt8])] = []
        for line in ownLines {
            let own = holes.filter { line.contains($0.span.lowerBound) }
            guard !own.isEmpty, !isAlone || own.count == 1 else { continue }
            let texts: [ArraySlice<UInt8>]?
            if own.allSatisfy({ $0.span.upperBound <= line.upperBound }) {
                let literals = literals(of: own, in: line, template)
                // If each side has only one line, it cannot be mistaken for another one.
                let isOnly = ownLines.count == 1 && lines.count == 1
                texts =
                    isOnly || marks(in: literals) >= leastMarks
                    ? agreed(lines.compactMap { match(literals, file[$0]) }) : nil
            } else {
                texts = nil
            }
            let raw = texts ?? (own.count == 1 ? between(own[0], holes, template, file).map { [$0] } : nil)
            for (hole, text) in zip(own, raw ?? []) { found += values(of: hole, in: text, template: template) }
        }
        return found
    }

    /// Returns the values of one hole from the text in its place.
    private static func values(
        of hole: Hole,
        in text: ArraySlice<UInt8>,
        template: [UInt8]
    ) -> [(parameter: String, value: [UInt8])] {
        guard let encodings = hole.slots.first?.steps.first?.encodings,
            let value = Encoding.decoded(text, through: encodings)
        else {
            return []
        }
        let inner = hole.slots.filter { $0.steps.count > 1 }
        guard !inner.isEmpty, let ownValue = Encoding.decoded(template[hole.span], through: encodings) else {
            return hole.slots.map { ($0.parameter, value) }
        }
        let slots = inner.map { Slot(parameter: $0.parameter, steps: $0.steps.dropFirst()) }
        return values(in: value, template: ownValue, slots: slots)
    }

    /// Returns the text between what precedes and what follows a hole, over several lines.
    private static func between(
        _ hole: Hole,
        _ holes: [Hole],
        _ template: [UInt8],
        _ file: [UInt8]
    ) -> ArraySlice<UInt8>? {
        let lineEnd = UInt8(ascii: "\n")
        // Starts at a distinctive line after the previous hole.
        let floor = holes.last { $0.span.upperBound <= hole.span.lowerBound }?.span.upperBound ?? 0
        var start = template[..<hole.span.lowerBound].lastIndex(of: lineEnd).map { $0 + 1 } ?? 0
        for _ in 0..<linesBefore where marks(in: [Array(template[start..<hole.span.lowerBound])]) < leastMarks {
            guard start > floor else { break }
            start = template[..<(start - 1)].lastIndex(of: lineEnd).map { $0 + 1 } ?? 0
        }
        guard start >= floor else { return nil }
        let before = Array(template[start..<hole.span.lowerBound])
        guard marks(in: [before]) >= leastMarks else { return nil }
        // Ends at the end of the next line, or at a hole in it.
        let ceiling = holes.first { $0.span.lowerBound >= hole.span.upperBound }?.span.lowerBound ?? template.count
        let end = template[hole.span.upperBound...].firstIndex(of: lineEnd) ?? template.count
        let next = end < template.count ? template[(end + 1)...].firstIndex(of: lineEnd) ?? template.count : end
        let behind = Array(template[hole.span.upperBound..<max(hole.span.upperBound, min(next, ceiling))])
        let isLast = next == template.count
        let starts = lines(of: file).map(\.lowerBound).filter { file[$0...].starts(with: before) }
        let texts = starts.compactMap { start -> ArraySlice<UInt8>? in
            let rest = file[(start + before.count)...]
            if isLast && rest.reversed().starts(with: behind.reversed()) { return rest.dropLast(behind.count) }
            guard !behind.isEmpty, let place = rest.firstRange(of: behind) else { return nil }
            return rest[..<place.lowerBound]
        }
        return agreed(texts)
    }

    /// Returns the common answer; nil if two answers differ or there is none.
    private static func agreed<Answer: Equatable>(_ answers: [Answer]) -> Answer? {
        guard let first = answers.first, answers.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    private static func marks(in literals: [[UInt8]]) -> Int { literals.joined().count(where: isMark) }

    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            lines.append(start..<index)
            start = index + 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        return lines
    }

    /// Returns the text before, between and after the holes of a line.
    private static func literals(of holes: [Hole], in line: Range<Int>, _ bytes: [UInt8]) -> [[UInt8]] {
        var literals: [[UInt8]] = []
        var start = line.lowerBound
        for hole in holes {
            literals.append(Array(bytes[start..<max(start, hole.span.lowerBound)]))
            start = hole.span.upperBound
        }
        return literals + [Array(bytes[start..<line.upperBound])]
    }

    /// Returns the text between the literals in a line; nil if it does not contain them all.
    private static func match(_ literals: [[UInt8]], _ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        guard let first = literals.first, let last = literals.last, line.starts(with: first),
            line.count >= first.count + last.count, line.suffix(last.count).elementsEqual(last)
        else { return nil }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        var values: [ArraySlice<UInt8>] = []
        for literal in literals.dropFirst().dropLast() {
            guard !literal.isEmpty, let place = rest.firstRange(of: literal) else { return nil }
            values.append(rest[rest.startIndex..<place.lowerBound])
            rest = rest[place.upperBound...]
        }
        return values + [rest]
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber)
    }
}
