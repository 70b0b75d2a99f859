internal import Detecting
internal import ScrubjayKit

/// The drawings of a report.
///
/// Each is described in words beside it, and nothing is conveyed by colour alone: every severity has its own pattern.
enum ReportDrawing {
    private typealias Tag = HTML.Tag

    /// A shield with a tick or a question mark.
    static func seal(isProved: Bool) -> HTML {
        Tag.svg(.fixed("viewBox", "0 0 24 24"), .isHidden, .class(isProved ? "good" : "caution")) {
            Tag.path(
                .fixed("d", "M12 2.5 20 5.5v6c0 5-3.4 8.4-8 10-4.6-1.6-8-5-8-10v-6z"),
                .fixed("fill", "none"),
                .fixed("stroke", "currentColor"),
                .fixed("stroke-width", "1.75"),
                .fixed("stroke-linejoin", "round")
            )
            Tag.path(
                .fixed("d", isProved ? "m8.25 12 2.75 2.75 5-5.25" : "M12 7.5v5m0 3.25v.25"),
                .fixed("fill", "none"),
                .fixed("stroke", "currentColor"),
                .fixed("stroke-width", "2"),
                .fixed("stroke-linecap", "round"),
                .fixed("stroke-linejoin", "round")
            )
        }
    }

    /// The shape for a severity: a solid, striped or dotted square.
    static func mark(_ severity: Severity) -> HTML {
        Tag.svg(.fixed("viewBox", "0 0 14 14"), .isHidden) {
            Tag.rect(.fixed("width", "14"), .fixed("height", "14"), .fixed("rx", "3"), colour(severity))
            switch severity {
            case .secret: HTML.group([])
            case .personal: Tag.path(.class("stripe"), .fixed("d", "M0 14 14 0M-3.5 10.5 10.5-3.5M3.5 17.5l14-14"))
            case .infrastructure:
                for place in [("4", "4"), ("10", "4"), ("4", "10"), ("10", "10")] as [(StaticString, StaticString)] {
                    Tag.rect(
                        .class("dot"),
                        .fixed("x", place.0),
                        .fixed("y", place.1),
                        .fixed("width", "2.5"),
                        .fixed("height", "2.5"),
                        .fixed("rx", "1.25"),
                        .fixed("transform", "translate(-1.25 -1.25)")
                    )
                }
            }
        }
    }

    /// All places by severity, as one bar.
    static func whole(_ report: SanitizeReport) -> HTML {
        let (title, description) = (HTML.Anchor("whole-title"), HTML.Anchor("whole-description"))
        let parts = KindText.severities.map { ($0, report.count(of: $0)) }.filter { $0.1.places > 0 }
        let total = parts.reduce(0) { $0 + $1.1.places }
        var position = 0
        var bars: [HTML] = []
        for (index, (severity, count)) in parts.enumerated() {
            let end = index == parts.count - 1 ? 1000 : position + max(6, count.places * 1000 / total)
            bars.append(
                Tag.rect(
                    .measure("x", position),
                    .measure("width", max(0, end - position - gap(index, parts.count))),
                    .fixed("height", "20"),
                    colour(severity)
                )
            )
            bars.append(
                texture(severity, x: position, width: max(0, end - position - gap(index, parts.count)), height: 20)
            )
            position = end
        }
        return Tag.svg(
            .class("whole"),
            .fixed("viewBox", "0 0 1000 20"),
            .fixed("preserveAspectRatio", "none"),
            .fixed("role", "img"),
            .labelled(by: title, description)
        ) {
            Tag.svgTitle(.id(title)) { "Replaced places by severity" }
            Tag.desc(.id(description)) {
                // With a colon after it, a severity would read like a setting that holds a secret.
                parts.map { "\($0.1.places) \($0.0.rawValue)" }.joined(separator: ", ")
            }
            patterns
            bars
        }
    }

    private static func gap(_ index: Int, _ count: Int) -> Int { index == count - 1 ? 0 : 3 }

    /// The count of one kind relative to the most frequent; its severity is named in the same row.
    static func bar(_ number: Int, of most: Int, _ severity: Severity) -> HTML {
        let width = most == 0 || number == 0 ? 0 : max(6, number * 1000 / most)
        return Tag.svg(.fixed("viewBox", "0 0 1000 10"), .fixed("preserveAspectRatio", "none"), .isHidden) {
            Tag.rect(.measure("width", width), .fixed("height", "10"), colour(severity))
        }
    }

    /// The pattern over a bar: none, stripes or dots.
    private static func texture(_ severity: Severity, x: Int, width: Int, height: Int) -> HTML {
        let fill: HTML.Attribute
        switch severity {
        case .secret: return .group([])
        case .personal: fill = .fixed("fill", "url(#stripes)")
        case .infrastructure: fill = .fixed("fill", "url(#dots)")
        }
        return Tag.rect(.measure("x", x), .measure("width", width), .measure("height", height), fill)
    }

    private static var patterns: HTML {
        .group([
            Tag.pattern(
                .id(HTML.Anchor("stripes")),
                .fixed("width", "12"),
                .fixed("height", "20"),
                .fixed("patternUnits", "userSpaceOnUse")
            ) { Tag.path(.class("stripe"), .fixed("d", "M0 20 12 0")) },
            Tag.pattern(
                .id(HTML.Anchor("dots")),
                .fixed("width", "10"),
                .fixed("height", "5"),
                .fixed("patternUnits", "userSpaceOnUse")
            ) {
                Tag.rect(
                    .class("dot"),
                    .fixed("x", "4"),
                    .fixed("y", "1.75"),
                    .fixed("width", "2"),
                    .fixed("height", "1.5")
                )
            },
        ])
    }

    private static func colour(_ severity: Severity) -> HTML.Attribute {
        switch severity {
        case .secret: .class("secret")
        case .personal: .class("personal")
        case .infrastructure: .class("infrastructure")
        }
    }
}
