internal import Detecting
internal import ScrubjayKit

/// The lines of a changed file, before and after.
struct ReportFileView {
    let file: SanitizeReport.File
    let isOpen: Bool
    private typealias Tag = HTML.Tag

    /// Makes the view, unfolded if it is open.
    init(file: SanitizeReport.File, isOpen: Bool) {
        self.file = file
        self.isOpen = isOpen
    }

    /// The view; `place` is where links lead to.
    func view(at place: HTML.Anchor) -> HTML {
        HTML.folding(open: isOpen) {
            Tag.summary {
                Tag.span(.class("count")) { file.change }
                Tag.h3 { Tag.code { file.pathText } }
            }
            // A link unfolds its target.
            Tag.div(.id(place)) {
                if file.isCopiedLink {
                    Tag.p(.class("remark")) {
                        "A symbolic link in the original; here a copy of its target."
                    }
                }
                if file.isArchive {
                    Tag.p(.class("remark")) {
                        "An archive: its files were sanitized like all others, and it was packed again."
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
                        "The picture is the same; \(Count.of(file.removedMetadata, "byte")) of metadata were removed."
                    }
                }
                if !file.lines.hunks.isEmpty { table }
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

    private var table: HTML {
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

extension SanitizeReport.File {
    /// What was changed, in a few words.
    var change: String {
        var changes: [String] = []
        if isCopiedLink { changes.append("link copied") }
        if isArchive { changes.append("packed again") }
        if removedMetadata > 0 { changes.append("metadata removed") }
        if places > 0 { changes.append(Count.of(places, "place")) }
        return changes.joined(separator: " · ")
    }
}

extension HTML {
    /// A foldable part.
    static func folding(open: Bool, @HTMLBuilder contents: () -> [HTML]) -> HTML {
        .element(.details, open ? [.isOpen] : [], contents())
    }
}
