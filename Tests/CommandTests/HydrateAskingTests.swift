import Foundation
import TestKit
import Testing

/// `hydrate` on a pseudo-terminal, which asks for what is not given.
@Suite(.enabled(if: TerminalDriver.runs, "python3 is not installed"))
struct HydrateAskingTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(
            "PUBLIC_URL=https://meet.wren.test\nLETSENCRYPT_EMAIL=ada@wren.test\n",
            to: "deployment/.env"
        )
        let run = try Tool(folder: folder.path).shell(
            """
            scrubjay keygen --output own --no-password && scrubjay sanitize deployment --output clean \
                && scrubjay bundle clean --output b.tar.gz --key own.key --name wren
            """
        )
        #expect(run.status == 0, Comment(rawValue: run.said))
        return folder
    }

    private func hydrate(_ folder: TemporaryFolder, _ answers: String...) throws -> (shown: String, status: Int32) {
        try TerminalDriver(prompts: ["): "]).run(
            ["hydrate", "b.tar.gz", "--public-key", "own.pub", "--output", "mine"],
            in: folder,
            answering: answers
        )
    }

    @Test func asksAgainForWhatCannotBeAValue() throws {
        let folder = try folder()
        let (shown, status) = try hydrate(folder, "bo@finch.test", "no domain", "", "finch.test")
        #expect(status == 0, "\(shown)")
        #expect(
            shown.contains("public_domain needs a value; '-' keeps its stand-in, and Enter again stops"),
            "\(shown)"
        )
        let file = String(decoding: try folder.read("mine/.env"), as: UTF8.self)
        #expect(file == "PUBLIC_URL=https://meet.finch.test\nLETSENCRYPT_EMAIL=bo@finch.test\n")
    }

    @Test func explainsAndAsksTwiceForASecret() throws {
        let folder = try folder()
        try folder.write("IMAP_PASSWORD=k39fkq0sdkTx7vv2\n", to: "deployment/.env")
        let made = try Tool(folder: folder.path).shell(
            "scrubjay sanitize deployment --output clean --force && scrubjay bundle clean --output b.tar.gz --key own.key --force"
        )
        #expect(made.status == 0, Comment(rawValue: made.said))
        let (shown, status) = try TerminalDriver(prompts: ["): ", "repeat it: "]).run(
            ["hydrate", "b.tar.gz", "--public-key", "own.pub", "--output", "mine"],
            in: folder,
            answering: ["?", "otter-kelp-91", "otter-kelp-92", "otter-kelp-91", "otter-kelp-91"]
        )
        #expect(status == 0, "\(shown)")
        #expect(shown.contains("stand-in in the bundle: REPLACE-imap-password"), "\(shown)")
        #expect(shown.contains("the two values differ") && !shown.contains("otter-kelp"), "\(shown)")
        #expect(try folder.read("mine/.env") == Array("IMAP_PASSWORD=otter-kelp-91\n".utf8))
    }

    @Test func leavesAStandInThatIsNotWanted() throws {
        let folder = try folder()
        let (shown, status) = try hydrate(folder, "bo@finch.test", "-")
        #expect(status == 0, "\(shown)")
        let file = String(decoding: try folder.read("mine/.env"), as: UTF8.self)
        #expect(file == "PUBLIC_URL=https://meet.example.org\nLETSENCRYPT_EMAIL=bo@finch.test\n")
        let left = try Tool(folder: folder.path).shell(
            """
            scrubjay hydrate b.tar.gz --public-key own.pub --output his --leave public_domain --leave letsencrypt_email \
                && ! scrubjay hydrate b.tar.gz --public-key own.pub --output no --leave public_domian
            """
        )
        #expect(left.status == 0, Comment(rawValue: left.said))
        #expect(
            try folder.read("his/.env")
                == Array("PUBLIC_URL=https://meet.example.org\nLETSENCRYPT_EMAIL=contact1@example.org\n".utf8)
        )
    }

    @Test func asksAtTheTerminalAlsoWhereTheStreamsLeadElsewhere() throws {
        let folder = try folder()
        let (shown, status) = try TerminalDriver(prompts: ["the new key: ", "repeat it: "]).run(
            ["-c", "scrubjay keygen --output asked </dev/null >out 2>err"],
            of: "sh",
            in: folder,
            answering: ["otter kelp", "otter kelp"]
        )
        #expect(status == 0 && !shown.contains("otter"), "\(shown)")
        #expect(FileManager.default.fileExists(atPath: folder.path + "/asked.key"))
    }

    @Test(arguments: [["", ""], ["bo@finch.test", TerminalDriver.endOfInput]])
    func stopsWithoutWriting(answers: [String]) throws {
        let folder = try folder()
        let (shown, status) = try TerminalDriver(prompts: ["): "]).run(
            ["hydrate", "b.tar.gz", "--public-key", "own.pub", "--output", "mine"],
            in: folder,
            answering: answers
        )
        #expect(status == 1, "\(shown)")
        #expect(shown.contains("missing; nothing was written"), "\(shown)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/mine"))
    }
}
