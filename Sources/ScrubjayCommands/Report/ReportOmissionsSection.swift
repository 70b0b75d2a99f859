internal import Sanitizing
internal import ScrubjayKit

/// The files that were left out, and the problems.
struct ReportOmissionsSection {
    let report: SanitizeReport
    private typealias Tag = HTML.Tag

    /// The number of files with one reason that are unfolded initially.
    private static let shown = 12

    /// The section.
    var section: HTML {
        let heading = HTML.Anchor("left-out-heading")
        return Tag.section(.id(ReportPage.Place.omissions), .labelled(by: heading)) {
            Tag.h2(.id(heading)) { "Left out" }
            if report.omissions.isEmpty {
                Tag.p { "No file was left out." }
            } else {
                Tag.p(.class("quiet")) {
                    "\(Count.of(report.omissions.count, "file")) of the original "
                        + (report.omissions.count == 1 ? "has" : "have") + " no counterpart in the sanitized tree."
                }
                Tag.div(.class("frame")) {
                    Tag.dl(.class("reasons")) { for (reason, paths) in reasons { group(reason, paths) } }
                }
            }
            if !report.notes.isEmpty { notes }
        }
    }

    private var reasons: [(reason: String, paths: [String])] {
        Dictionary(grouping: report.omissions, by: \.reason).map { ($0.key, $0.value.map(\.path)) }
            .sorted { ($1.paths.count, $0.reason) < ($0.paths.count, $1.reason) }
    }

    private func group(_ reason: String, _ paths: [String]) -> HTML {
        Tag.div {
            Tag.dt { reason }
            Tag.dd {
                list(paths.prefix(Self.shown))
                if paths.count > Self.shown {
                    Tag.details(.class("more")) {
                        Tag.summary { "\(Count.grouped(paths.count - Self.shown)) more" }
                        list(paths.dropFirst(Self.shown).prefix(ReportPage.longest))
                        if paths.count > Self.shown + ReportPage.longest {
                            Tag.p(.class("aside")) { "The rest is in parameters.json." }
                        }
                    }
                }
            }
        }
    }

    private func list(_ paths: ArraySlice<String>) -> HTML {
        Tag.ul { for path in paths { Tag.li { Tag.code { path } } } }
    }

    private var notes: HTML {
        Tag.details(.class("more")) {
            Tag.summary { "\(Count.of(report.notes.count, "note")): files that could not be read as their format" }
            Tag.div(.class("frame")) {
                Tag.ul(.class("list")) {
                    for note in report.notes.prefix(ReportPage.longest) {
                        Tag.li {
                            Tag.code { note.path }
                            Tag.span(.class("aside")) { (note.line.map { "line \($0): " } ?? "") + note.message }
                        }
                    }
                }
                if report.notes.count > ReportPage.longest {
                    Tag.p(.class("remark")) {
                        "\(Count.grouped(report.notes.count - ReportPage.longest)) more are not shown."
                    }
                }
            }
        }
    }
}
