internal import Documents

/// Recognises pages that a comment or documentation cites, such as a blog article or a forum thread.
///
/// `# adapted from https://auk.test/2022/01/how-to-keep-a-bridge-dry/` shows what someone has read, and hardly ever who
/// owns the deployment. A domain that really is the owner's also occurs in a setting or a certificate; propagation then
/// finds it here, too.
struct CitedPage {
    let text: [UInt8]

    /// Whether the domain at `span` is that of a cited page.
    ///
    /// It must end the host of a URL, have no subdomain other than those typical of sites for readers, and be followed
    /// by the path of an article.
    func isCited(_ span: Span) -> Bool {
        if isManual(span) { return true }
        guard span.end < text.count, text[span.end] == Self.slash, isReadersHost(span) else { return false }
        var end = span.end
        while end < text.count, end - span.end < Self.longestPath, !Self.pathEnds.contains(text[end]) { end += 1 }
        let segments = text[span.end..<end].split(separator: Self.slash)
        return Self.haveDate(segments) || segments.contains { Self.isTitle($0) || Self.isThread($0) }
    }

    /// Whether a line of a comment is nothing but the address of a page of a manual:
    /// `# https://docs.auk.test/setup`.
    private func isManual(_ domain: Span) -> Bool {
        let start = WordCharacter.runStart(of: .hostName, before: domain.start, atMost: Self.longestName, in: text)
        guard domain.end < text.count, text[domain.end] == Self.slash, start > 3,
            text[..<start].suffix(3).elementsEqual("://".utf8), let lead = CommentLine.lead(of: start, in: text)
        else { return false }
        let scheme = lead.dropLast(3).reversed().prefix(while: ByteSet.letters.contains)
        let mark = lead.dropLast(3 + scheme.count)
        guard CommentLine.isAround(start, in: text), !mark.contains(where: ByteSet.alphanumerics.contains) else {
            return false
        }
        let path = text[domain.end...].prefix(Self.longestPath).prefix { !Self.pathEnds.contains($0) }
        guard path.endIndex == text.count || ByteSet.lineEnd.contains(text[path.endIndex]) else { return false }
        let names = text[start..<domain.end].split(separator: UInt8(ascii: ".")) + path.split(separator: Self.slash)
        return names.contains { Self.manuals.contains(String(decoding: $0.map(\.lowered), as: UTF8.self)) }
    }

    private static let manuals: Set<String> = [
        "doc", "docs", "documentation", "guide", "guides", "handbook", "howto", "install", "installation", "learn",
        "manual", "man", "reference", "tutorial", "tutorials",
    ]

    /// Whether the words before the host of the domain at `span` give credit to someone: `inspired by auk.test`.
    func isCredited(_ domain: Span) -> Bool {
        var start = domain.start
        while start > 0, domain.start - start < Self.longestName, Self.hostBytes.contains(text[start - 1]) {
            start -= 1
        }
        guard let line = CommentLine.lead(of: start, in: text) else { return false }
        let lead = String(decoding: line.suffix(Self.longestCredit).map(\.lowered), as: UTF8.self)
        let words = lead.split { !($0.isLetter || $0 == "'") }.suffix(3).map(String.init)
        if Self.credits.contains(words.suffix(2).joined(separator: " ")) { return true }
        // Whoever is told to see a page of several segments reads somebody's manual.
        return Self.sights.contains(words.last ?? "") && isURL(start) && isDeep(domain.end)
    }

    private func isURL(_ start: Int) -> Bool {
        text[start...].starts(with: "http://".utf8) || text[start...].starts(with: "https://".utf8)
    }

    /// Whether a path of at least two segments, or a query, follows a host.
    private func isDeep(_ end: Int) -> Bool {
        guard end < text.count, text[end] == Self.slash else { return false }
        let path = text[end...].prefix(Self.longestPath).prefix { !Self.pathEnds.contains($0) }
        return path.contains(UInt8(ascii: "?")) || path.split(separator: Self.slash).count > 1
    }

    private static let hostBytes = ByteSet.hostName.union(ByteSet(":/"))
    private static let longestCredit = 48
    private static let sights: Set<String> = ["see", "cf", "siehe", "voir"]
    private static let credits: Set<String> = [
        "inspired by", "thanks to", "borrowed from", "stolen from", "adapted from", "copied from", "taken from",
        "credit to", "credits to", "courtesy of", "kudos to", "forked from", "idea from", "props to",
        "inspiriert von", "dank an", "inspiré de", "merci à",
    ]

    /// Whether the domain follows a URL's scheme, with nothing between them except a name such as `www` or `blog`.
    private func isReadersHost(_ domain: Span) -> Bool {
        var start = domain.start
        while start > 0, domain.start - start < Self.longestName, ByteSet.hostName.contains(text[start - 1]) {
            start -= 1
        }
        guard start > 3, text[..<start].suffix(3).elementsEqual("://".utf8) else { return false }
        let name = String(decoding: text[start..<domain.start], as: UTF8.self).lowercased()
        return name.isEmpty || Self.namesForReaders.contains(name)
    }

    /// Whether a year is followed by a month, as in the addresses of most blogs.
    private static func haveDate(_ segments: [ArraySlice<UInt8>]) -> Bool {
        zip(segments, segments.dropFirst()).contains { year, month in
            year.count == 4 && year.starts(with: "20".utf8) && year.allSatisfy(ByteSet.digits.contains)
                && month.count <= 2 && month.allSatisfy(ByteSet.digits.contains)
        }
    }

    /// Whether a path segment is a title: at least four words, most of them made of letters.
    private static func isTitle(_ segment: ArraySlice<UInt8>) -> Bool {
        let words = segment.prefix { !titleEnds.contains($0) }.split { joiners.contains($0) }
        guard words.count >= 4, words.allSatisfy({ $0.allSatisfy(ByteSet.alphanumerics.contains) }) else {
            return false
        }
        return words.count { $0.allSatisfy(ByteSet.letters.contains) } > words.count / 2
    }

    /// Whether a path segment is the program that shows a forum thread.
    private static func isThread(_ segment: ArraySlice<UInt8>) -> Bool {
        let program = segment.prefix { !ByteSet("?&#").contains($0) }
        return threads.contains { program.elementsEqual($0.utf8) }
    }

    private static let slash = UInt8(ascii: "/")
    /// The maximum numbers of bytes of a URL that are read, for the host and for the path.
    private static let (longestName, longestPath) = (64, 512)
    private static let pathEnds = ByteSet.space.union(ByteSet("\"'`<>()[]{}|\\,;"))
    private static let joiners = ByteSet("-_")
    private static let titleEnds = ByteSet(".?#&=")
    private static let namesForReaders: Set<String> = [
        "www.", "blog.", "blogs.", "engineering.", "tech.", "news.", "community.", "forum.", "forums.", "discuss.",
        "discourse.", "support.", "help.", "kb.",
    ]
    private static let threads = ["showthread.php", "viewtopic.php", "viewthread.php", "threads"]
}
