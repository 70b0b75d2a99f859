internal import Sanitizing
internal import ScrubjayKit

/// A report as one page for a browser, without scripts, network or other files.
struct ReportPage {
    let report: SanitizeReport

    private typealias Tag = HTML.Tag

    /// The maximum length of a list; the number of further entries is stated.
    static let longest = 1000

    /// The bytes of the page.
    func serialized() -> [UInt8] {
        HTML.page(
            Tag.html(.fixed("lang", "en")) {
                head
                Tag.body {
                    Tag.a(.class("skip"), .link(to: Place.content)) { "Skip to the report" }
                    header
                    navigation
                    Tag.main(.id(Place.content), .fixed("tabindex", "-1")) {
                        ReportProofSection(report: report).section
                        ReportKindsSection(report: report).section
                        ReportParametersSection(report: report).section
                        ReportOmissionsSection(report: report).section
                        ReportFilesSection(report: report).section
                    }
                    footer
                }
            }
        )
    }

    /// The targets of the navigation.
    enum Place {
        static let content = HTML.Anchor("content")
        static let proof = HTML.Anchor("proof")
        static let kinds = HTML.Anchor("found")
        static let parameters = HTML.Anchor("parameters")
        static let omissions = HTML.Anchor("left-out")
        static let files = HTML.Anchor("files")

        static func file(_ number: Int) -> HTML.Anchor { HTML.Anchor("file", number) }
        static func heading(_ section: StaticString) -> HTML.Anchor { HTML.Anchor(section) }
    }

    private var head: HTML {
        Tag.head {
            Tag.meta(.fixed("charset", "utf-8"))
            Tag.meta(.fixed("http-equiv", "Content-Security-Policy"), .policy(allowing: .report))
            Tag.meta(.fixed("name", "viewport"), .fixed("content", "width=device-width, initial-scale=1"))
            Tag.meta(.fixed("name", "referrer"), .fixed("content", "no-referrer"))
            Tag.meta(.fixed("name", "color-scheme"), .fixed("content", "light dark"))
            Tag.title { ReportText.title }
            HTML.style(.report)
        }
    }

    private var header: HTML {
        let text = ReportText(report: report)
        return Tag.header {
            Tag.p(.class("brand")) { "Scrubjay" }
            Tag.h1 { ReportText.title }
            Tag.p(.class("verdict")) {
                ReportDrawing.seal(isProved: report.evidence != nil)
                Tag.span {
                    Tag.strong { text.deed }
                    " "
                    Tag.span(.class(report.evidence == nil ? "caution" : "good")) { text.verdict }
                }
            }
            Tag.dl(.class("figures")) {
                figure(report.totals.values, "values")
                figure(report.totals.places, "places")
                figure(report.totals.files - report.totals.unchangedFiles, "files changed")
                figure(report.totals.unchangedFiles, "files unchanged")
                figure(report.totals.leftOut, "files left out")
                if report.totals.keptPlaces > 0 { figure(report.totals.keptPlaces, "places kept by the policy") }
            }
        }
    }

    private func figure(_ number: Int, _ what: String) -> HTML {
        Tag.div {
            Tag.dt { what }
            Tag.dd { Count.grouped(number) }
        }
    }

    private var navigation: HTML {
        Tag.nav(.label("Parts of the report")) {
            Tag.ul {
                Tag.li { Tag.a(.link(to: Place.proof)) { "Proof" } }
                Tag.li { Tag.a(.link(to: Place.kinds)) { "What was found" } }
                Tag.li { Tag.a(.link(to: Place.parameters)) { "Parameters" } }
                Tag.li { Tag.a(.link(to: Place.omissions)) { "Left out" } }
                Tag.li { Tag.a(.link(to: Place.files)) { "Files" } }
            }
        }
    }

    private var footer: HTML {
        Tag.footer {
            Tag.p { ReportText.promise }
            Tag.p { "Made by scrubjay \(Version.text). The page uses no script and no network." }
        }
    }
}

/// The proof and its limits.
private struct ReportProofSection {
    let report: SanitizeReport
    private typealias Tag = HTML.Tag

    var section: HTML {
        let heading = HTML.Anchor("proof-heading")
        return Tag.section(.id(ReportPage.Place.proof), .labelled(by: heading)) {
            Tag.h2(.id(heading)) { "Proof" }
            if let evidence = report.evidence {
                Tag.p { ReportText.method }
                Tag.dl(.class("figures")) {
                    figure(
                        Count.grouped(evidence.residue.values),
                        "values searched for, including derived ones"
                    )
                    figure(Count.grouped(evidence.residue.forms), "forms of them")
                    figure(Count.bytes(evidence.residue.bytes), "searched")
                    figure(Count.grouped(evidence.residue.left), "left")
                    figure(Count.grouped(evidence.rescannedFiles), "files scanned again, nothing found")
                }
            } else {
                Tag.p(.class("notice")) { ReportText(report: report).verdict }
            }
            Tag.p(.class("quiet")) { ReportText.byHand }
        }
    }

    private func figure(_ number: String, _ what: String) -> HTML {
        Tag.div(.class("small")) {
            Tag.dt { what }
            Tag.dd { number }
        }
    }
}
