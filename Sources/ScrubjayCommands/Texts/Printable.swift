internal import Archive

/// Makes text safe to show on a terminal or a page.
enum Printable {
    /// The text with everything that cannot be seen written as escapes, so that a file's name cannot move the cursor.
    static func text(_ text: String, keepingTabs: Bool = false) -> String {
        EscapedText(text.utf8, keepingTabs: keepingTabs).text
    }
}
