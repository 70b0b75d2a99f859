internal import Detecting
internal import Sanitizing
internal import ScrubjayKit

/// The parameters: those that a new deployment must provide, and those that may stay.
struct ReportParametersSection {
    let report: SanitizeReport
    private typealias Tag = HTML.Tag

    /// The section.
    var section: HTML {
        let heading = HTML.Anchor("parameters-heading")
        let asked = report.parameters.filter { $0.parameter.isRequired && $0.parameter.origin == nil }
        let others = report.parameters.filter { !$0.parameter.isRequired || $0.parameter.origin != nil }
        return Tag.section(.id(ReportPage.Place.parameters), .labelled(by: heading)) {
            Tag.h2(.id(heading)) { "Parameters" }
            if report.parameters.isEmpty {
                Tag.p { "None: there is nothing to fill in." }
            } else {
                Tag.p(.class("quiet")) {
                    "Whoever starts the deployment provides \(Count.of(asked.count { $0.parameter.generator == nil }, "value")); "
                        + "\(Count.of(asked.count { $0.parameter.generator != nil }, "secret")) can be generated. "
                        + "The places of all stand-ins are in parameters.json."
                }
                if !asked.isEmpty {
                    Tag.div(.class("frame")) { table(asked, caption: "Parameters to provide or to generate") }
                }
                if !others.isEmpty {
                    Tag.details(.class("more")) {
                        Tag.summary { "\(Count.of(others.count, "parameter")) that need no value" }
                        Tag.div(.class("frame")) {
                            table(others, caption: "Parameters that may keep their stand-ins or are computed")
                        }
                    }
                }
            }
        }
    }

    @HTMLBuilder private func table(_ entries: [SanitizeReport.ParameterEntry], caption: String) -> [HTML] {
        Tag.table(.class("parameters")) {
            Tag.caption(.class("unseen")) { caption }
            Tag.thead {
                Tag.tr {
                    Tag.th(.ofColumn) { "Parameter" }
                    Tag.th(.ofColumn) { "Stand-in" }
                    Tag.th(.ofColumn, .class("number")) { "Places" }
                }
            }
            Tag.tbody {
                for entry in entries.prefix(ReportPage.longest) { row(entry) }
            }
        }
        if entries.count > ReportPage.longest {
            Tag.p(.class("remark")) {
                "\(Count.grouped(entries.count - ReportPage.longest)) more are in parameters.json."
            }
        }
    }

    private func row(_ entry: SanitizeReport.ParameterEntry) -> HTML {
        Tag.tr {
            Tag.th(.ofRow) {
                Tag.code { entry.parameter.name }
                Tag.p { entry.parameter.summary }
            }
            Tag.td {
                Tag.code { entry.parameter.standIn }
                Tag.p {
                    ReportText.filling(entry) + (entry.isInherited ? "; already in the original" : "")
                }
            }
            Tag.td(.class("number")) { Count.grouped(entry.places) }
        }
    }
}
