internal import Detecting
internal import ScrubjayKit

/// The tree of files, and the lines of each changed file before and after.
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
                    + "A mask stands where a value was; line numbers are those of the sanitized file."
            }
            if !report.files.isEmpty {
                Tag.div(.class("frame"), .fixed("role", "group"), .label("Tree of files")) {
                    Tag.ul(.class("tree")) {
                        entries(of: ReportTree(of: report, naming: Self.namedFiles), isOutermost: true)
                    }
                }
            }
            if !viewed.isEmpty {
                Tag.div(.class("frame files")) { for index in viewed { view(index) } }
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
                folding(open: isOutermost && folder.changedCount > 0) {
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
            if file.isChanged || file.isCopiedLink { Tag.span(.class("count")) { Self.change(of: file) } }
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

    /// Describes the changes to a file in a few words.
    private static func change(of file: SanitizeReport.File) -> String {
        var changes: [String] = []
        if file.isCopiedLink { changes.append("link copied") }
        if file.isArchive { changes.append("packed again") }
        if file.removedMetadata > 0 { changes.append("metadata removed") }
        if file.places > 0 { changes.append(Count.of(file.places, "place")) }
        return changes.joined(separator: " · ")
    }

    private func counts(places: Int, files: Int) -> String {
        (places == 0 ? "" : Count.of(places, "place") + " · ") + Count.of(files, "file")
    }

    // MARK: - Lines

    private func view(_ index: Int) -> HTML {
        let file = report.files[index]
        let isOpen = report.files.reduce(0) { $0 + $1.lines.changedCount } <= Self.openLines
        return folding(open: isOpen) {
            Tag.summary {
                Tag.span(.class("count")) { Self.change(of: file) }
                Tag.h3 { Tag.code { file.pathText } }
            }
            // A link unfolds its target.
            Tag.div(.id(ReportPage.Place.file(index))) {
                if file.isCopiedLink {
                    Tag.p(.class("remark")) {
                        "A link of the original; here it is a copy of the file that it leads to."
                    }
                }
                if file.isArchive {
                    Tag.p(.class("remark")) {
                        "An archive: the files in it were sanitized like the others, and it was packed again."
                    }
                }
                if file.path.contains(where: \.isStandIn) {
                    Tag.p(.class("remark")) {
                        "The name was "
                        Tag.code { masked(file.path) }
                        " and is "
                        Tag.code { sanitized(file.path) }
                        "."
                    }
                }
                if file.removedMetadata > 0 {
                    Tag.p(.class("remark")) {
                        "The picture is the same; \(Count.of(file.removedMetadata, "byte")) of metadata are taken out of the file."
                    }
                }
                if !file.lines.hunks.isEmpty { table(file) }
                if let reason = file.lines.reasonForNone {
                    Tag.p(.class("remark")) { "Its lines are not shown: \(reason)." }
                }
                if file.lines.hiddenCount > 0 {
                    Tag.p(.class("remark")) {
                        Count.of(
                            file.lines.hiddenCount,
                            file.lines.hunks.isEmpty ? "changed line" : "more changed line"
                        )
                            + (file.lines.hiddenCount == 1 ? " is" : " are") + " not shown."
                    }
                }
            }
        }
    }

    private func table(_ file: SanitizeReport.File) -> HTML {
        Tag.table(.class("lines")) {
            Tag.caption(.class("unseen")) { "Changed lines of \(file.pathText), before and after" }
            // The column names are for screen readers; visually the columns are clear without them.
            Tag.thead {
                Tag.tr {
                    for name in ["Line", "State", "Text"] {
                        Tag.th(.ofColumn) { Tag.span(.class("unseen")) { name } }
                    }
                }
            }
            for hunk in file.lines.hunks {
                Tag.tbody { for line in hunk { rows(line) } }
            }
        }
    }

    @HTMLBuilder private func rows(_ line: SanitizeReport.Line) -> [HTML] {
        if line.isChanged {
            if !line.isContinuation {
                row(line, .before) { masked(line.pieces) }
            }
            row(line, .after) { sanitized(line.pieces) }
        } else {
            row(line, .both) { sanitized(line.pieces) }
        }
    }

    private enum State { case before, after, both }

    private func row(
        _ line: SanitizeReport.Line,
        _ state: State,
        @HTMLBuilder _ text: () -> [HTML]
    ) -> HTML {
        let (sign, word, style): (String, String, HTML.Attribute) =
            switch state {
            case .before: ("−", "before", .class("before"))
            case .after: ("+", "after", .class("after"))
            case .both: ("", "unchanged", .class("both"))
            }
        return Tag.tr(style) {
            Tag.th(.ofRow) { String(line.number) }
            Tag.td {
                Tag.span(.isHidden) { sign }
                Tag.span(.class("unseen")) { word }
            }
            Tag.td { Tag.code { text() } }
        }
    }

    /// The pieces with masks in place of values.
    @HTMLBuilder private func masked(_ pieces: [SanitizeReport.Piece]) -> [HTML] {
        for piece in pieces {
            switch piece.content {
            case .unchanged: piece.text
            case .gap(let bytes): gap(bytes)
            case .continuation: ""
            case .standIn(let standIn): Tag.del { Self.mask(of: standIn) }
            }
        }
    }

    /// The pieces as in the sanitized file.
    @HTMLBuilder private func sanitized(_ pieces: [SanitizeReport.Piece]) -> [HTML] {
        for piece in pieces {
            switch piece.content {
            case .unchanged: piece.text
            case .gap(let bytes): gap(bytes)
            case .continuation, .standIn: Tag.ins { piece.text }
            }
        }
    }

    private func gap(_ bytes: Int) -> HTML { Tag.span(.class("gap")) { " … \(Count.of(bytes, "byte")) … " } }

    /// The text of a mask: the kinds, and nothing of the values.
    static func mask(of standIn: SanitizeReport.StandIn) -> String {
        let kinds = standIn.kinds.map(KindText.word).joined(separator: ", ")
        return standIn.opaqueEncoding.map { "\($0) of a text with: \(kinds)" } ?? kinds
    }
}

extension SanitizeReport.Lines {
    /// The number of changed lines shown.
    fileprivate var changedCount: Int { hunks.reduce(0) { $0 + $1.count(where: \.isChanged) } }
}

/// A foldable part.
private func folding(open: Bool, @HTMLBuilder contents: () -> [HTML]) -> HTML {
    .element(.details, open ? [.isOpen] : [], contents())
}
