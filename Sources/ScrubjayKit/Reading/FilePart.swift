internal import Detecting
internal import Documents

/// The place of a part in its file, and the offsets in the part at which a value counts.
///
/// Parts overlap, so that a value across the end of one part is complete in the next. The offsets that a part owns end
/// in the middle of each overlap, as in `FileParts`.
struct FilePart: Sendable {
    /// The offset of the part in the file, in bytes.
    var offset = 0
    /// The same position in lines and columns.
    var place = PartPlace()
    /// The first offset that the part owns.
    var ownStart = 0
    /// The offset after the last one that the part owns; nil if the file ends in this part.
    var ownEnd: Int?

    /// Removes the findings that another part delivers, and converts the places of the others to places in the file.
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
