internal import Documents

/// An expression that a shell, a template or a program replaces in a text: `${NAME}`, `{{ field }}`, `$(command)`,
/// `%(name)s`.
///
/// A password may contain any of the opening signs. A text counts as an expression only if the expression begins
/// properly and is closed, or if the text ends in the middle of it.
enum Expression {
    private struct Form {
        let opening: [UInt8]
        let closing: [UInt8]
        /// The bytes that may follow the opening; nil for any.
        let starts: ByteSet?
        /// Whether only a name is allowed between opening and closing.
        var holdsName = false
        /// The minimum number of bytes between opening and closing.
        var shortest = 0

        init(_ opening: String, _ closing: String, starts: ByteSet? = nil, holdsName: Bool = false, shortest: Int = 0) {
            self.shortest = shortest
            self.opening = Array(opening.utf8)
            self.closing = Array(closing.utf8)
            self.starts = starts
            self.holdsName = holdsName
        }
    }

    private static let nameStarts = ByteSet.letters.union(ByteSet("_"))
    private static let nameBytes = ByteSet.word.union(ByteSet("._-"))
    private static let forms = [
        Form("${", "}", starts: nameStarts.union(ByteSet.digits).union(ByteSet("!#{@*.$? "))),
        Form("{{", "}}"),
        // A command has at least two characters.
        Form("$(", ")", starts: nameStarts.union(ByteSet("(<./\"'$ ")), shortest: 2),
        Form("<%", "%>"),
        Form("#{", "}", starts: nameStarts.union(ByteSet("@$ "))),
        Form("{%", "%}"),
        Form("%(", ")", starts: nameStarts, holdsName: true),
        Form("%{", "}", starts: nameStarts.union(ByteSet(":~ "))),
        Form("ENC[", "]", starts: nameStarts),
    ]
    /// Marks that make the whole text an expression, wherever they occur.
    private static let marks = ["!Ref", "$ANSIBLE_VAULT;"].map { Array($0.utf8) }

    /// The first bytes of the forms and marks.
    private static let firstBytes = ByteSet("${<#%E!")

    /// Whether `text` is or contains an expression.
    static func occurs(in text: [UInt8]) -> Bool {
        guard text.contains(where: firstBytes.contains) else { return false }
        return marks.contains { text.firstRange(of: $0) != nil } || forms.contains { occurs($0, in: text) }
    }

    private static func occurs(_ form: Form, in text: [UInt8]) -> Bool {
        var rest = text[...]
        var isClosed = true
        while let opening = rest.firstRange(of: form.opening) {
            rest = rest[opening.upperBound...]
            guard let first = rest.first else { return opening.lowerBound == text.startIndex }
            guard form.starts?.contains(first) ?? true else { continue }
            let closing = isClosed ? rest.firstRange(of: form.closing) : nil
            isClosed = closing != nil
            if let closing {
                let inside = rest[..<closing.lowerBound]
                if inside.count >= form.shortest, !form.holdsName || inside.allSatisfy(nameBytes.contains) {
                    return true
                }
            } else if isCutOff(rest, atStart: opening.lowerBound == text.startIndex) {
                return true
            }
        }
        return false
    }

    /// Whether an unclosed expression is cut off by the end of the text, as one that contains a blank is after its
    /// first word.
    private static func isCutOff(_ rest: ArraySlice<UInt8>, atStart isAtStart: Bool) -> Bool {
        if isAtStart {
            return rest.allSatisfy { nameBytes.contains($0) || cutOffBytes.contains($0) } || beginsCommand(rest)
        }
        return rest.count > 2 && rest.allSatisfy { constantBytes.contains($0) }
    }

    /// Whether an unclosed expression begins with the name of a program and an argument: `$(sops -d --extract '["auk`.
    private static func beginsCommand(_ rest: ArraySlice<UInt8>) -> Bool {
        let name = rest.prefix { nameBytes.contains($0) || $0 == UInt8(ascii: "/") }
        return name.count > 1 && rest.dropFirst(name.count).first == UInt8(ascii: " ")
            && rest.dropFirst(name.count + 1).first.map { argumentStarts.contains($0) } ?? false
    }

    private static let argumentStarts = ByteSet.alphanumerics.union(ByteSet("-./~\"'$"))
    private static let cutOffBytes = ByteSet(" :(/'\"-")
    private static let constantBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ_")
}
