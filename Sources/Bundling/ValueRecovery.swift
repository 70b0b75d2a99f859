internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing

/// Finds the values of a deployment again, by laying the template that it was made from over its files.
///
/// Where all lines of the template stand in the file, each is laid over its own. Otherwise a line of the template with a
/// stand-in in it is looked for: what stands before, between and behind the stand-ins must be the same, and what is in
/// their place is the value. A value of several lines is looked for between the lines around it, and one inside of an
/// encoded text in what the text decodes to.
struct ValueRecovery {
    /// A line must have so many letters and digits beside its stand-ins, so that it is not taken for another.
    private static let leastMarks = 3
    /// How many lines before a stand-in are taken in where its own has fewer.
    private static let linesBefore = 3

    /// What was found for one parameter.
    struct Finding {
        var parameter: String
        var value: [UInt8]
        var path: String
    }

    /// A stand-in in the template, or in what an encoded text of it decodes to.
    private struct Slot {
        var parameter: String
        /// The way to it from the text at hand.
        var steps: ArraySlice<Location.Step>

        var span: Range<Int> { steps.first?.span.range ?? 0..<0 }
    }

    /// Text that stands for one value or several: a stand-in, or an encoded text with stand-ins in it.
    private struct Hole {
        var span: Range<Int>
        var slots: [Slot]
    }

    private let parameters: [Parameter]

    init(parameters: [Parameter]) { self.parameters = parameters }

    /// The values in one file.
    ///
    /// - Parameters:
    ///   - file: the deployment's file.
    ///   - template: the file of the bundle.
    ///   - known: what other places have, by which lines with several stand-ins are read; nil to pass over these.
    /// - Returns: a value for each stand-in whose line was found.
    func findings(in file: [UInt8], template: Member, known: KnownValues?) -> [Finding] {
        var slots: [Slot] = []
        for parameter in parameters {
            for place in parameter.places where place.path == template.path {
                guard let steps = place.location?.steps else { continue }
                slots.append(Slot(parameter: parameter.name, steps: steps[...]))
            }
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
            let parameter = parameters.first { $0.name == name }
            let meant = ComposeDollars.meant(by: value, of: parameter, in: template.path)
            return Finding(parameter: name, value: meant, path: template.path)
        }
    }

    /// Whether a value may have several lines.
    private func isLong(_ name: String) -> Bool {
        let kinds: Set<Kind> = [.privateKey, .publicKey, .certificate]
        return parameters.contains { $0.name == name && kinds.contains($0.kind) }
    }

    /// The values of lines that are looked for by what stands beside the stand-ins; of those with one stand-in, where `isAlone`.
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
                // Where there is one line on both sides, there is none that it could be taken for.
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

    /// The values of one hole, from the text that stands in its place.
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

    /// What stands between the text before a hole and the one behind it, over several lines.
    private static func between(
        _ hole: Hole,
        _ holes: [Hole],
        _ template: [UInt8],
        _ file: [UInt8]
    ) -> ArraySlice<UInt8>? {
        let lineEnd = UInt8(ascii: "\n")
        // From a line on that tells where it is, behind the hole before.
        let floor = holes.last { $0.span.upperBound <= hole.span.lowerBound }?.span.upperBound ?? 0
        var start = template[..<hole.span.lowerBound].lastIndex(of: lineEnd).map { $0 + 1 } ?? 0
        for _ in 0..<linesBefore where marks(in: [Array(template[start..<hole.span.lowerBound])]) < leastMarks {
            guard start > floor else { break }
            start = template[..<(start - 1)].lastIndex(of: lineEnd).map { $0 + 1 } ?? 0
        }
        guard start >= floor else { return nil }
        let before = Array(template[start..<hole.span.lowerBound])
        guard marks(in: [before]) >= leastMarks else { return nil }
        // Up to the end of the next line, or the hole in it.
        let ceiling = holes.first { $0.span.lowerBound >= hole.span.upperBound }?.span.lowerBound ?? template.count
        let end = template[hole.span.upperBound...].firstIndex(of: lineEnd) ?? template.count
        let next = end < template.count ? template[(end + 1)...].firstIndex(of: lineEnd) ?? template.count : end
        let behind = Array(template[hole.span.upperBound..<max(hole.span.upperBound, min(next, ceiling))])
        let isLast = next == template.count
        let starts = lines(of: file).map(\.lowerBound).filter { file[$0...].starts(with: before) }
        let texts = starts.compactMap { start -> ArraySlice<UInt8>? in
            let rest = file[(start + before.count)...]
            if isLast && rest.reversed().starts(with: behind.reversed()) { return rest.dropLast(behind.count) }
            guard !behind.isEmpty, let place = firstRange(of: behind, in: rest) else { return nil }
            return rest[..<place.lowerBound]
        }
        return agreed(texts)
    }

    /// The one answer: two that are not the same are none.
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

    /// What stands before, between and behind the holes of a line.
    private static func literals(of holes: [Hole], in line: Range<Int>, _ bytes: [UInt8]) -> [[UInt8]] {
        var literals: [[UInt8]] = []
        var start = line.lowerBound
        for hole in holes {
            literals.append(Array(bytes[start..<max(start, hole.span.lowerBound)]))
            start = hole.span.upperBound
        }
        return literals + [Array(bytes[start..<line.upperBound])]
    }

    /// What stands between the literals in a line; nil where they do not all stand in it.
    private static func match(_ literals: [[UInt8]], _ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        guard let first = literals.first, let last = literals.last, line.starts(with: first),
            line.count >= first.count + last.count, line.suffix(last.count).elementsEqual(last)
        else { return nil }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        var values: [ArraySlice<UInt8>] = []
        for literal in literals.dropFirst().dropLast() {
            guard let place = firstRange(of: literal, in: rest) else { return nil }
            values.append(rest[rest.startIndex..<place.lowerBound])
            rest = rest[place.upperBound...]
        }
        return values + [rest]
    }

    private static func firstRange(of needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard !needle.isEmpty, bytes.count >= needle.count else { return nil }
        let start = (bytes.startIndex...(bytes.endIndex - needle.count)).first { bytes[$0...].starts(with: needle) }
        return start.map { $0..<($0 + needle.count) }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber)
    }
}

extension Hydration {
    /// The values that a deployment has, which was made from this bundle or an older version of it.
    ///
    /// A stand-in that was left in place is no value.
    ///
    /// - Parameter contents: the bytes of a file of the deployment; nil where there is none of that path.
    /// - Returns: the values by the names of their parameters.
    /// - Throws: ``BundleError`` with code `invalidValue` where two places have two values for one parameter; what
    ///   `contents` throws.
    public func values(ofDeployment contents: (_ path: String) throws -> [UInt8]?) throws -> [String: [UInt8]] {
        let recovery = ValueRecovery(parameters: parameters)
        let own = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var known = KnownValues(of: parameters)
        var paths: [String: String] = [:]
        // Lines with several values are read when those that stand alone are known.
        for readsAll in [false, true] {
            for member in templates {
                guard let file = try contents(member.path) else { continue }
                for finding in recovery.findings(in: file, template: member, known: readsAll ? known : nil) {
                    guard let parameter = own[finding.parameter], parameter.origin == nil,
                        !finding.value.elementsEqual(parameter.standIn.utf8),
                        ValueGrammar.complaint(about: finding.value, for: parameter.kind, standIn: parameter.standIn)
                            == nil
                    else { continue }
                    if let other = paths[finding.parameter], !known.allows(finding.value, for: finding.parameter) {
                        throw BundleError(
                            .invalidValue,
                            at: finding.parameter,
                            "the deployment has one value in \(escaped(other.utf8)) and another in "
                                + "\(escaped(finding.path.utf8)): give the right one by --set or --values"
                        )
                    }
                    known[finding.parameter] = known[finding.parameter] ?? finding.value
                    paths[finding.parameter] = paths[finding.parameter] ?? finding.path
                }
            }
        }
        return known.values
    }
}
