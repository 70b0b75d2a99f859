internal import Documents

/// Reads the further operands of a command: `gcloud compute instances stop one two --zone=x three`.
struct CommandOperands {
    private let text: [UInt8]
    /// Whether the text is prose rather than a script, so that the words after a command may belong to the sentence.
    private let isProse: Bool

    /// The maximum number of words, and of bytes, of a command.
    private static let (mostWords, mostBytes) = (64, 4096)
    private static let quotes = ByteSet("\"'")
    private static let wordEnd = ByteSet.space.union(ByteSet(";|&()<>`\"'"))
    private static let names = ByteSet.alphanumerics.union(ByteSet("-_."))
    /// The options of machine commands that do not take a value.
    private static let flags: Set<String> = [
        "--async", "--quiet", "-q", "--force", "-f", "--purge", "-p", "--discard-local-ssd", "--no-user-output-enabled",
        "--start-with-restart", "--preemptible", "--can-ip-forward", "--no-address", "--shielded-secure-boot",
        "--deletion-protection", "--no-deletion-protection", "--all", "--live", "--paused", "--console",
    ]

    init(_ text: [UInt8], isProse: Bool) {
        self.text = text
        self.isProse = isProse
    }

    /// Returns the words after the operand `first`, up to the end of the command, that are neither options nor their
    /// values.
    ///
    /// In a sentence, only words with a dash or a digit count as names.
    func spans(behind first: Span) -> [Span] {
        var end = first.end
        if end < text.count, Self.quotes.contains(text[end]) { end += 1 }
        var spans: [Span] = []
        var isValue = false
        for _ in 0..<Self.mostWords {
            guard end - first.end < Self.mostBytes, let word = word(behind: end) else { break }
            end = word.end
            if text[word.span.start] == UInt8(ascii: "-") {
                let option = String(decoding: text[word.span.range], as: UTF8.self)
                isValue = !option.contains("=") && !Self.flags.contains(option)
            } else {
                if !isValue, isName(word.span) { spans.append(word.span) }
                isValue = false
            }
        }
        return spans
    }

    private func isName(_ span: Span) -> Bool {
        let bytes = text[span.range]
        guard bytes.allSatisfy(Self.names.contains) else { return false }
        return !isProse || bytes.contains { $0 == UInt8(ascii: "-") || ByteSet.digits.contains($0) }
    }

    /// The next word without its quotes, and the offset where it ends; nil at the end of the command.
    private func word(behind start: Int) -> (span: Span, end: Int)? {
        guard let start = behindBlanks(start), start < text.count else { return nil }
        if Self.quotes.contains(text[start]) {
            let quote = text[start]
            let rest = text[(start + 1)...].prefix(Self.mostBytes)
            guard let end = rest.firstIndex(of: quote), end > start + 1 else { return nil }
            return (Span(start + 1, end), end + 1)
        }
        var end = start
        while end < text.count, !Self.wordEnd.contains(text[end]) { end += 1 }
        return end > start ? (Span(start, end), end) : nil
    }

    /// The next place that is neither a blank nor a line continuation; nil if there is no blank.
    private func behindBlanks(_ start: Int) -> Int? {
        var end = start
        while end < text.count {
            if ByteSet.blank.contains(text[end]) {
                end += 1
            } else if text[end...].starts(with: "\\\n".utf8) {
                end += 2
            } else if text[end...].starts(with: "\\\r\n".utf8) {
                end += 3
            } else {
                break
            }
        }
        return end > start ? end : nil
    }
}
