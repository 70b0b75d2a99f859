internal import Sodium

/// The style rules of a page, with their digest for the page's policy.
struct StyleSheet: Sendable {
    /// The rules.
    let text: String
    /// The SHA-256 of the text in base64, as in a Content Security Policy (CSP 3, section 2.3.1).
    let digest: String

    /// Makes a style sheet; its text is a literal in the source, except for the colours.
    init(_ rules: StaticString, light: ReportPalette, dark: ReportPalette) {
        // On paper the light colours apply, whatever the screen shows.
        text = """
            :root{\(light.variables)color-scheme:light dark}
            @media screen and (prefers-color-scheme:dark){:root{\(dark.variables)}}
            \(rules)
            """
        digest = Base64.encode(SHA256.hash(Array(text.utf8)).bytes)
    }

    /// The style sheet of a report.
    static let report = StyleSheet(reportRules, light: .light, dark: .dark)
}
