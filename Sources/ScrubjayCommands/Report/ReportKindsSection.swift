internal import Detecting
internal import ScrubjayKit

/// The findings by kind and severity.
struct ReportKindsSection {
    let report: SanitizeReport
    private typealias Tag = HTML.Tag

    /// The section.
    var section: HTML {
        let heading = HTML.Anchor("found-heading")
        return Tag.section(.id(ReportPage.Place.kinds), .labelled(by: heading)) {
            Tag.h2(.id(heading)) { "What was found" }
            Tag.p(.class("quiet")) {
                "In \(Count.of(report.totals.filesRead, "file")), \(Count.bytes(report.totals.bytesRead))."
            }
            if report.kinds.isEmpty {
                Tag.p { "Nothing." }
            } else {
                if report.totals.places > 0 { ReportDrawing.whole(report) }
                legend
                Tag.div(.class("frame")) { table }
            }
        }
    }

    private var legend: HTML {
        Tag.ul(.class("legend")) {
            for severity in KindText.severities {
                Tag.li {
                    ReportDrawing.mark(severity)
                    Tag.strong { severity.rawValue }
                    Tag.span(.class("quiet")) {
                        " \(KindText.meaning(severity)): \(Count.of(report.count(of: severity).places, "place"))"
                    }
                }
            }
        }
    }

    private var table: HTML {
        let most = report.kinds.map(\.places).max() ?? 0
        let leftOut = report.kinds.contains { $0.placesLeftOut > 0 }
        return Tag.table(.class("kinds")) {
            Tag.caption(.class("unseen")) { "Values and places of each kind" }
            Tag.thead {
                Tag.tr {
                    Tag.th(.ofColumn) { "Kind" }
                    Tag.th(.ofColumn) { "Severity" }
                    Tag.th(.ofColumn, .class("number")) { "Values" }
                    Tag.th(.ofColumn, .class("number")) { "Places" }
                    if leftOut { Tag.th(.ofColumn, .class("number")) { "In files left out" } }
                    Tag.td(.class("of"), .isHidden)
                }
            }
            Tag.tbody {
                for kind in report.kinds {
                    Tag.tr {
                        Tag.th(.ofRow) { KindText.word(kind.kind) }
                        Tag.td {
                            Tag.span(.class("mark")) {
                                ReportDrawing.mark(kind.severity)
                                Tag.span { kind.severity.rawValue }
                            }
                        }
                        Tag.td(.class("number")) { Count.grouped(kind.values) }
                        Tag.td(.class("number")) { Count.grouped(kind.places) }
                        if leftOut { Tag.td(.class("number")) { Count.grouped(kind.placesLeftOut) } }
                        Tag.td(.class("of"), .isHidden) { ReportDrawing.bar(kind.places, of: most, kind.severity) }
                    }
                }
            }
        }
    }
}
