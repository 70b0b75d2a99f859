internal import Detecting
internal import ScrubjayKit

/// The tree of files, and the views of those that changed.
struct ReportFilesSection {
    private let report: SanitizeReport
    /// The indexes of the files with a view of their own.
    private let viewed: [Int]
    private let isViewed: Set<Int>
    private typealias Tag = HTML.Tag

    /// The maximum number of changed lines of all files that are unfolded initially.
    private static let openLines = 24
    /// The maximum number of files named in the tree; others are counted in their folders.
    private static let namedFiles = 4000

    /// Prepares the section.
    init(report: SanitizeReport) {
        self.report = report
        viewed = Array(report.files.indices.filter { report.files[$0].isChanged }.prefix(ReportPage.longest))
        isViewed = Set(viewed)
    }

    /// The section.
    var section: HTML {
        let heading = HTML.Anchor("files-heading")
        let changed = report.totals.files - report.totals.unchangedFiles
        return Tag.section(.id(ReportPage.Place.files), .labelled(by: heading)) {
            Tag.h2(.id(heading)) { "Files" }
            Tag.p(.class("quiet")) {
                "\(Count.of(report.totals.files, "file")), \(Count.grouped(changed)) of them changed. "
                    + "Values are masked; line numbers are those of the sanitized file."
            }
            if !report.files.isEmpty {
                Tag.div(.class("frame"), .fixed("role", "group"), .label("Tree of files")) {
                    Tag.ul(.class("tree")) {
                        entries(of: ReportTree(of: report, naming: Self.namedFiles), isOutermost: true)
                    }
                }
            }
            if !viewed.isEmpty {
                let isOpen = report.files.reduce(0) { $0 + $1.lines.changedCount } <= Self.openLines
                Tag.div(.class("frame files")) {
                    for index in viewed {
                        ReportFileView(file: report.files[index], isOpen: isOpen).view(at: ReportPage.Place.file(index))
                    }
                }
            }
            if changed > viewed.count {
                Tag.p(.class("remark")) { "\(Count.of(changed - viewed.count, "changed file")) more are not shown." }
            }
        }
    }

    // MARK: - Tree

    @HTMLBuilder private func entries(of tree: ReportTree, isOutermost: Bool = false) -> [HTML] {
        for folder in tree.folders {
            Tag.li {
                HTML.folding(open: isOutermost && folder.changedCount > 0) {
                    Tag.summary {
                        Tag.span(.class("count")) { counts(places: folder.places, files: folder.fileCount) }
                        Tag.code { folder.name + "/" }
                    }
                    Tag.ul { entries(of: folder) }
                }
            }
        }
        for index in tree.files.filter({ report.files[$0].isChanged }) { leaf(index) }
        unchanged(tree.files.filter { !report.files[$0].isChanged })
        // Unnamed files in folders are counted there if the folder is named.
        let unnamed = tree.unnamedCount - tree.folders.reduce(0) { $0 + $1.unnamedCount }
        if unnamed > 0 { Tag.li(.class("leaf")) { Tag.span(.class("quiet")) { "\(Count.of(unnamed, "file")) more" } } }
    }

    private func leaf(_ index: Int) -> HTML {
        let file = report.files[index]
        let name = file.pathText.split(separator: "/").last.map(String.init) ?? file.pathText
        return Tag.li(.class("leaf")) {
            if file.isChanged || file.isCopiedLink { Tag.span(.class("count")) { file.change } }
            if isViewed.contains(index) {
                Tag.a(.link(to: ReportPage.Place.file(index))) { Tag.code { name } }
            } else {
                Tag.code { name }
            }
        }
    }

    @HTMLBuilder private func unchanged(_ files: [Int]) -> [HTML] {
        if files.count > 3 {
            Tag.li {
                Tag.details {
                    Tag.summary { Tag.span(.class("quiet")) { "\(Count.of(files.count, "file")) without a change" } }
                    Tag.ul {
                        for index in files { leaf(index) }
                    }
                }
            }
        } else {
            for index in files { leaf(index) }
        }
    }

    private func counts(places: Int, files: Int) -> String {
        (places == 0 ? "" : Count.of(places, "place") + " · ") + Count.of(files, "file")
    }
}

extension SanitizeReport.Lines {
    /// The number of changed lines shown.
    fileprivate var changedCount: Int { hunks.reduce(0) { $0 + $1.count(where: \.isChanged) } }
}
