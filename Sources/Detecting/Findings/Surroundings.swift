internal import Documents

/// Finds the whole name or address whose identifying part is a given value.
///
/// In `jvb1.meet.wren.test` the registrable domain `wren.test` identifies the owner, and a stand-in replaces it. The
/// finding is about the whole name of the machine.
struct Surroundings {
    let text: [UInt8]

    /// Returns the name or address that contains a value of `kind` at `span`, and its kind; nil if there is none.
    ///
    /// For a domain or a project used in other names, such as `meet-wren-test-tls` or `wren-rocks-123-uploads`, it is
    /// the whole name.
    func extent(of span: Span, kind: Kind, inName: Bool = false) -> (span: Span, kind: Kind)? {
        let extent: (span: Span, kind: Kind)? =
            switch kind {
            case .domain where inName: (identifier(around: span), .domain)
            case .domain: (hostName(endingWith: span), .domain)
            case .projectID, .projectNumber:
                serviceAccount(around: span).map { ($0, .email) } ?? (inName ? (identifier(around: span), kind) : nil)
            default: nil
            }
        return extent?.span == span ? nil : extent
    }

    /// Returns the host name that ends with the labels at `span`; its labels may contain underscores, as those of
    /// services do.
    private func hostName(endingWith span: Span) -> Span {
        var start = span.start
        while let dot = dot(before: start), dot > 0, Self.label.contains(text[dot - 1]) {
            var label = dot - 1
            while label > 0, isInLabel(before: label), start - label <= 64 { label -= 1 }
            label = afterEscape(label)
            while label < dot, text[label] == UInt8(ascii: "-") { label += 1 }
            guard dot - label <= 63, label < dot, span.end - label <= 253 else { break }
            start = label
        }
        return Span(start, span.end)
    }

    /// Returns the name of letters, digits, dashes and underscores around `span`.
    private func identifier(around span: Span) -> Span {
        var start = span.start
        var end = span.end
        while start > 0, isInLabel(before: start), span.start - start < 64 { start -= 1 }
        while end < text.count, Self.label.contains(text[end]), end - span.end < 64 { end += 1 }
        start = min(afterEscape(start), span.start)
        while start < span.start, Self.joiners.contains(text[start]) { start += 1 }
        while end > span.end, Self.joiners.contains(text[end - 1]) { end -= 1 }
        return Span(start, end)
    }

    /// The start of the dot before a label, including a preceding backslash, as in a regular expression.
    private func dot(before label: Int) -> Int? {
        guard label > 0, text[label - 1] == UInt8(ascii: ".") else { return nil }
        return label > 1 && text[label - 2] == UInt8(ascii: "\\") ? label - 2 : label - 1
    }

    /// Returns the address of the Google Cloud service account that contains the project at `span`.
    private func serviceAccount(around span: Span) -> Span? {
        if let end = end(of: ".iam.gserviceaccount.com", at: span.end) {
            guard span.start > 1, text[span.start - 1] == UInt8(ascii: "@") else { return nil }
            var start = span.start - 1
            while start > 0, Self.accountName.contains(text[start - 1]), span.start - start <= 64 { start -= 1 }
            return start < span.start - 1 ? Span(start, end) : nil
        }
        for suffix in Self.serviceAccountSuffixes {
            if let end = end(of: suffix, at: span.end) { return Span(span.start, end) }
        }
        return nil
    }

    /// Returns the start of a label after an escape, as in `\nmeet`, `%2Fmeet` and `\u0022meet`, or after a placeholder
    /// for the first label, as in `%s.example.com`.
    func afterEscape(_ start: Int) -> Int {
        guard start > 0, start < text.count else { return start }
        if text[start - 1] == UInt8(ascii: "%"), start + 1 < text.count, text[start + 1] == UInt8(ascii: ".") {
            return start + 1
        }
        return EscapeBefore.wordStart(start, before: text.count, in: text)
    }

    private func end(of literal: StaticString, at offset: Int) -> Int? {
        let end = offset + literal.utf8CodeUnitCount
        guard end <= text.count, text[offset..<end].elementsEqual(literal.description.utf8) else { return nil }
        return end
    }

    private static let serviceAccountSuffixes: [StaticString] = [
        "-compute@developer.gserviceaccount.com", "@cloudservices.gserviceaccount.com",
        "@cloudbuild.gserviceaccount.com", "@appspot.gserviceaccount.com",
    ]
    /// Whether the byte before `offset` belongs to a label; quotes and dashes beyond ASCII do not.
    private func isInLabel(before offset: Int) -> Bool {
        guard Self.label.contains(text[offset - 1]) else { return false }
        return text[offset - 1] < 0x80 || WordCharacter.ends(at: offset, in: text)
            || WordCharacter.starts(at: offset - 1, in: text)
    }

    private static let joiners = ByteSet("-_")
    private static let label = ByteSet.word.union(ByteSet("-_"))
    private static let accountName = ByteSet.alphanumerics.union(ByteSet("-"))
}
