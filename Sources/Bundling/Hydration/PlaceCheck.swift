internal import Archive
internal import Documents
internal import Sanitizing

/// Determines whether values can be written at their places.
struct PlaceCheck {
    /// Returns the hint for a value of a parameter that cannot be written.
    static func hint(for parameter: Parameter) -> String {
        isNumber(parameter.standIn)
            ? "give a number, as the stand-in is"
            : "a value of letters, digits, '-' and '_' can be written everywhere"
    }

    private let members: [String: Member]

    init(_ members: [Member]) {
        self.members = Dictionary(members.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns why a value cannot be written at a parameter's places, in a lower-case sentence without the value; nil
    /// if it can.
    func complaint(about value: [UInt8], for parameter: Parameter) -> String? {
        // A value that is literal everywhere need not be tested in each file, unless a file distinguishes numbers from
        // texts.
        let isNumeric = Self.isNumber(parameter.standIn) || Self.isNumber(String(decoding: value, as: UTF8.self))
        guard isNumeric || !value.allSatisfy(Interpreter.isPlain) else { return nil }
        for place in parameter.places {
            guard let member = members[place.path] else { continue }
            let text = HydrationPlan.text(of: value, for: parameter, at: place)
            if let complaint = Self.complaint(about: text, for: parameter, at: place, in: member) { return complaint }
        }
        return nil
    }

    /// Returns why a text cannot be written at a place; nil if it can.
    static func complaint(
        about text: [UInt8],
        for parameter: Parameter,
        at place: Parameter.Place,
        in member: Member
    ) -> String? {
        guard let location = place.location else {
            return text.contains(UInt8(ascii: "/")) ? "the value has a slash but is used in a file name" : nil
        }
        let line = member.bytes.prefix(location.fileSpan.start).count { $0 == UInt8(ascii: "\n") } + 1
        let start = "the value cannot be written at \(escaped(member.path.utf8)):\(line)"
        if !text.allSatisfy(Interpreter.isPlain),
            let interpreter = Interpreter.reading(location, of: member.path, member.bytes),
            !interpreter.takes(text, like: Array(parameter.standIn.utf8))
        {
            return "\(start), \(interpreter.demand)"
        }
        do throws(DocumentError) {
            _ = try Edit.apply([Edit(location, replacement: text)], to: member.bytes)
        } catch {
            let wantsNumber = isNumber(parameter.standIn) && !isNumber(String(decoding: text, as: UTF8.self))
            return wantsNumber ? "\(start), which takes a number" : "\(start): \(error.message)"
        }
        return nil
    }

    private static func isNumber(_ text: String) -> Bool { Double(text) != nil }
}
