internal import Documents

/// A list of packages with their versions, one a line: `puffin=1:2.4-3`, `auk==1.2.0`.
enum PackageList {
    /// Whether four numbers at `span` are a version in such a list, so that they are no address.
    ///
    /// They follow a name and equals signs on their line, and so do versions on the nearest lines, at least one of
    /// which can be neither an address nor another number.
    static func holds(_ span: Span, in text: [UInt8]) -> Bool {
        guard span.start > 1, text[span.start - 1] == UInt8(ascii: "=") else { return false }
        var start = span.start
        while start > 0, !ByteSet.lineEnd.contains(text[start - 1]), span.start - start < longestLine { start -= 1 }
        guard isName(text[start..<(span.start - 1)]) else { return false }
        let before = text[max(0, start - reach)..<start].split(whereSeparator: ByteSet.lineEnd.contains).reversed()
        let behind = text[span.end..<min(text.count, span.end + reach)].split(
            omittingEmptySubsequences: false,
            whereSeparator: ByteSet.lineEnd.contains
        ).dropFirst()
        let lines = nearest(before) + nearest(behind)
        return lines.contains(where: isRelease) && lines.allSatisfy(isEntry)
    }

    private static func nearest(_ lines: some Sequence<ArraySlice<UInt8>>) -> [ArraySlice<UInt8>] {
        Array(lines.lazy.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }.prefix(nearLines))
    }

    /// Whether a line is a name and a version, which has a dot or a revision.
    private static func isEntry(_ line: ArraySlice<UInt8>) -> Bool {
        version(in: line).map { $0.contains { revisionMarks.contains($0) || $0 == UInt8(ascii: ".") } } ?? false
    }

    /// Whether a line is a name and a version with two dots, a revision or an epoch.
    private static func isRelease(_ line: ArraySlice<UInt8>) -> Bool {
        guard let version = version(in: line), IPv4Address(version) == nil else { return false }
        return version.contains(where: revisionMarks.contains) || version.count(where: { $0 == UInt8(ascii: ".") }) == 2
    }

    /// The version on a line; nil if it is not a name, an equals sign and a version.
    private static func version(in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let sign = line.firstIndex(of: UInt8(ascii: "=")), isName(line[..<sign]) else { return nil }
        let version = line[sign...].drop { $0 == UInt8(ascii: "=") }
        let isVersion = version.first.map(ByteSet.digits.contains) == true && version.allSatisfy(versionBytes.contains)
        return isVersion ? version : nil
    }

    private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        let name = text.last == UInt8(ascii: "=") ? text.dropLast() : text
        return name.first.map(ByteSet.alphanumerics.contains) == true && name.allSatisfy(nameBytes.contains)
    }

    private static let longestLine = 96
    private static let reach = 1024
    private static let nearLines = 3
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("+.-_"))
    private static let revisionMarks = ByteSet("-~+:")
    private static let versionBytes = ByteSet.alphanumerics.union(ByteSet(".-~+:"))
}
