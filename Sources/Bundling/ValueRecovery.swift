internal import Archive
internal import Detecting
internal import Documents
internal import Sanitizing

/// Finds the values of a deployment again, by laying the template that it was made from over its files.
///
/// A line of the template with a stand-in in it is looked for in the file: what stands before, between and behind the
/// stand-ins must be the same, and what is in their place is the value.
struct ValueRecovery {
    /// A line must have so many letters and digits beside its stand-ins, so that it is not taken for another.
    private static let leastMarks = 3

    /// What was found for one parameter.
    struct Finding {
        var parameter: String
        var value: [UInt8]
        var path: String
    }

    /// A stand-in in a line of the template.
    private struct Slot {
        var parameter: String
        var span: Range<Int>
        var encodings: [Encoding]
    }

    private let parameters: [Parameter]

    init(parameters: [Parameter]) { self.parameters = parameters }

    /// The values in one file.
    ///
    /// - Parameters:
    ///   - file: the deployment's file.
    ///   - template: the file of the bundle.
    /// - Returns: a value for each stand-in whose line was found.
    func findings(in file: [UInt8], template: Member) -> [Finding] {
        let slots = slots(in: template)
        guard !slots.isEmpty else { return [] }
        let lines = Self.lines(of: file)
        var findings: [Finding] = []
        for line in Self.lines(of: template.bytes) {
            let own = slots.filter { line.contains($0.span.lowerBound) }
            guard !own.isEmpty, own.allSatisfy({ $0.span.upperBound <= line.upperBound }) else { continue }
            let pattern = Self.literals(of: own, in: line, template.bytes)
            let marks = pattern.joined().count { Self.isMark($0) }
            guard marks >= Self.leastMarks else { continue }
            let matches = lines.compactMap { Self.match(pattern, file[$0]) }
            // Two lines that fit are no answer, unless they say the same.
            guard let match = matches.first, matches.allSatisfy({ $0 == match }) else { continue }
            for (slot, raw) in zip(own, match) {
                guard let value = Self.decoded(raw, slot.encodings) else { continue }
                findings.append(Finding(parameter: slot.parameter, value: value, path: template.path))
            }
        }
        return findings
    }

    /// The places of a file that can be laid over a line, in their order.
    private func slots(in template: Member) -> [Slot] {
        var slots: [Slot] = []
        for parameter in parameters {
            for place in parameter.places where place.path == template.path {
                // What stands inside of base64 has no line of its own.
                guard let step = place.location?.steps.first, place.location?.steps.count == 1 else { continue }
                slots.append(
                    Slot(parameter: parameter.name, span: step.span.range, encodings: step.encodings)
                )
            }
        }
        return slots.sorted { $0.span.lowerBound < $1.span.lowerBound }
    }

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

    /// What stands before, between and behind the slots of a line.
    private static func literals(of slots: [Slot], in line: Range<Int>, _ bytes: [UInt8]) -> [[UInt8]] {
        var literals: [[UInt8]] = []
        var start = line.lowerBound
        for slot in slots {
            literals.append(Array(bytes[start..<max(start, slot.span.lowerBound)]))
            start = slot.span.upperBound
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

    private static func decoded(_ raw: ArraySlice<UInt8>, _ encodings: [Encoding]) -> [UInt8]? {
        var bytes = Array(raw)
        for encoding in encodings {
            guard let decoded = try? encoding.decode(bytes[...]) else { return nil }
            bytes = decoded.bytes
        }
        return bytes
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
        let standIns = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [String: ValueRecovery.Finding] = [:]
        for member in templates {
            guard let file = try contents(member.path) else { continue }
            for finding in recovery.findings(in: file, template: member) {
                guard let parameter = standIns[finding.parameter], parameter.origin == nil,
                    !finding.value.elementsEqual(parameter.standIn.utf8),
                    complaint(about: finding.value, for: parameter) == nil
                else { continue }
                if let other = found[finding.parameter], other.value != finding.value {
                    throw BundleError(
                        .invalidValue,
                        at: finding.parameter,
                        "the deployment has one value in \(escaped(other.path.utf8)) and another in "
                            + "\(escaped(finding.path.utf8)): give the right one by --set or --values"
                    )
                }
                found[finding.parameter] = found[finding.parameter] ?? finding
            }
        }
        return found.mapValues(\.value)
    }
}
