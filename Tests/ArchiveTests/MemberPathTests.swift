import Archive
import Testing

@Suite struct MemberPathTests {
    @Test(
        arguments: [
            "", "/a", "//a", "a//b", "a/", "/", ".", "..", "./a", "a/.", "a/./b", "../a", "a/..", "a/../b", "..\\a",
            "a\\b",
            "a:b", "C:evil", "a<b", "a>b", "a|b", "what?", "a*", "say \"x\"", "CON", "con.txt", "nul", "a/aux/b",
            "Com1.tar",
            "LPT\u{B9}", "con .txt", "a.", "a..", "...", "a ", "a /b", "dir./b", "e\u{301}", "a/\u{1100}\u{1161}",
            "\u{212A}",
            "a\nb", "a\tb", "\u{1B}[31m", "a\u{7F}", "a\u{85}b", "a\u{202E}b", "a\u{2066}b", "\u{FEFF}a", "a\u{0}b",
        ]
    )
    func unsafeNamesAreRefused(path: String) {
        #expect(throws: ArchiveError(.unsafeName, "")) { try MemberPath.check(path) }
        #expect(throws: ArchiveError(.unsafeName, "")) {
            try CanonicalArchive(members: [Member(path: path, bytes: [])], modified: 0)
        }
    }

    @Test(arguments: [
        "a", ".env", "..a", "a b", "~", "-rf", "$HOME", "日本", "é", ".jitsi-meet-cfg/x",
    ])
    func ordinaryNamesAreTaken(path: String) throws {
        try MemberPath.check(path)
    }

    @Test func longNamesAreRefused() {
        let limits = ArchiveLimits()
        let tooLong = [
            String(repeating: "a", count: limits.componentBytes + 1),
            String(repeating: "a/", count: limits.depth) + "a",
            String(repeating: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/", count: 30) + "a",
        ]
        for path in tooLong {
            #expect(throws: ArchiveError(.tooLarge, "")) { try MemberPath.check(path) }
        }
    }

    @Test(
        arguments: [
            ["a", "a"], ["Readme", "README"], ["a", "a/b"], ["a/b", "A"], ["é", "e\u{301}"], ["É", "e\u{301}"],
            ["A/x", "a/y"], ["x/A/1", "x/a/2"], ["ß/STRASSE", "ß/strasse"],
        ]
    )
    func namesThatCollideAreRefused(paths: [String]) {
        #expect(throws: ArchiveError(.nameCollision, "")) { try MemberPath.checkCollisions(among: paths) }
        #expect(throws: ArchiveError(.nameCollision, "")) { try MemberPath.checkCollisions(among: paths.reversed()) }
    }

    @Test func neighboursDoNotCollide() throws {
        try MemberPath.checkCollisions(among: ["a", "a.b", "ab", "b/a", "b/ab", "b/c/a"])
    }

    /// Two names that look alike would be two files.
    @Test(arguments: [
        "a\u{200B}", "a\u{AD}b", "a\u{2060}", "a\u{200D}b", "a\u{E0041}", "a\u{202E}b", "a\u{1B}", "a\u{2028}",
    ])
    func invisibleNamesAreRefused(path: String) {
        #expect(throws: ArchiveError(.unsafeName, "")) { try MemberPath.check(path) }
    }

    @Test func errorsShowNamesEscaped() {
        let error = ArchiveError(.unsafeName, at: "a\u{1B}[2Jb\\", "is bad")
        #expect(error.place == "a\\x1b[2Jb\\\\")
        #expect("\(error)" == "a\\x1b[2Jb\\\\: is bad")
    }

    // MARK: - Targets of links

    @Test(arguments: [
        ("b", "a", ["b"]), ("../b", "d/a", ["b"]), ("./e//f", "d/a", ["d", "e", "f"]), ("..", "d/a", []),
        ("../d/../b", "d/a", ["b"]),
    ])
    func linksAreResolvedFromTheirFolders(target: String, link: String, components: [String]) {
        #expect(MemberPath.components(ofTarget: target, ofLinkAt: link) == components)
    }

    /// A path that leaves the root leads to something else on each machine, even if it comes back.
    @Test(arguments: [("", "a"), ("/b", "a"), ("..", "a"), ("../../b", "d/a"), ("../root/b", "a")])
    func linksLeadNowhereOutside(target: String, link: String) {
        #expect(MemberPath.components(ofTarget: target, ofLinkAt: link) == nil)
    }
}
