internal import Archive

/// Makes text safe to show on a terminal or a page.
enum Printable {
    /// The text with everything that cannot be seen written as escapes, so that a file's name cannot move the cursor.
    static func text(_ text: String, keepingTabs: Bool = false) -> String {
        EscapedText(text.utf8, keepingTabs: keepingTabs).text
    }

    /// Several lines of text, each as ``text(_:keepingTabs:)`` writes it.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.text(String($0), keepingTabs: true) }
            .joined(separator: "\n")
    }
}
