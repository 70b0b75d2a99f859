internal import Detecting
internal import Documents

/// The place of a part in its file, and the offsets in the part at which a value counts.
///
/// Parts overlap, so that a value across the end of one is complete in the next; their own offsets meet in the middle of
/// the overlaps, as in `FileParts`.
struct FilePart: Sendable {
    /// The offset of the part in the file, in bytes.
    var offset = 0
    /// The same in lines and columns.
    var place = PartPlace()
    /// The first own offset.
    var ownStart = 0
    /// The offset behind the last own one; nil if the file ends in this part.
    var ownEnd: Int?

    /// Removes what another part delivers from a result for this part, and converts its places to those in the file.
    func move(_ text: inout Scanner.ScannedText) {
        guard offset > 0 || ownEnd != nil else { return }
        let own = text.findings.indices.filter { isOwn(text.findings[$0]) }
        text.findings = own.map { text.findings[$0] }
        text.valueIndices = own.map { text.valueIndices[$0] }
        text.regions = own.map { text.regions[$0] }
        text.kept.removeAll { !isOwn($0.finding) }
        place.move(&text, by: offset)
    }

    private func isOwn(_ finding: Finding) -> Bool {
        guard let start = finding.location?.fileSpan.start else { return offset == 0 }
        return start >= ownStart && start < ownEnd ?? .max
    }
}
