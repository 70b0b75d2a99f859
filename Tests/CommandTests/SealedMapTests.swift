import Foundation
import TestKit
import Testing

/// What others do with a sealed map.
@Suite struct SealedMapTests {
    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path)
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
    }

    /// The stock program opens the map, and what is in it is what its specification says.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/age"), "age is not installed"),
        arguments: ["scrubjay keygen --age --output my", "age-keygen -o my.identity"]
    )
    func ageOpensIt(keygen: String) throws {
        let run = try tool.shell(
            """
            \(keygen) >/dev/null 2>&1 && scrubjay sanitize d --output clean --identity my.identity 2>/dev/null \
            && age -d -i my.identity d.scrubjay-map.age
            """
        )
        #expect(run.status == 0, "\(run.said)")
        let map = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        #expect(map.keys.sorted() == ["absent", "files", "generation", "leftOut", "recipients", "schema", "values"])
        #expect(map["schema"] as? Int == 1)
        let recipient = try tool.shell("age-keygen -y my.identity").text.trimmingCharacters(in: .newlines)
        #expect(map["recipients"] as? [String] == [recipient])
        let values = try #require(map["values"] as? [[String: Any]])
        #expect(values.count == 1)
        #expect((values[0]["value"] as? [String: String])?["utf8"] == "0f1e2d3c4b5a69788796a5b4c3d2e1f0")
        let file = try #require((map["files"] as? [[String: Any]])?.first)
        let patch = try #require((file["patches"] as? [[String: Any]])?.first)
        #expect(patch["start"] as? Int == 18)
        #expect(patch["end"] as? Int == 18 + "REPLACE-jvb-auth-password".utf8.count)
    }

    /// A map that the stock program sealed again, to somebody else, is taken up.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/age"), "age is not installed"))
    func aMapThatAgeSealedIsRead() throws {
        let run = try tool.shell(
            """
            set -e
            scrubjay keygen --age --output my >/dev/null 2>&1
            age-keygen -o your.identity 2>/dev/null
            scrubjay sanitize d --output clean --identity my.identity 2>/dev/null
            age -d -i my.identity d.scrubjay-map.age | age -a -r $(age-keygen -y your.identity) > other.age
            scrubjay restore clean --map other.age --identity your.identity --output back
            diff -r d back
            """
        )
        #expect(run.status == 0, "\(run.said)\(run.text)")
    }

    /// A run that is killed at any moment leaves an output that its map restores.
    @Test func aKillAtAnyMomentLosesNothing() throws {
        #expect(try tool.shell("scrubjay keygen --age --output my").status == 0)
        let first = try tool.shell("cp -r d d1 && scrubjay sanitize d --output clean --identity my.identity")
        #expect(first.status == 0, "\(first.said)")
        try folder.write("JVB_AUTH_PASSWORD=1f1e2d3c4b5a69788796a5b4c3d2e1f0\nADDRESS=245.9.9.9\n", to: "d/.env")
        let restored = try tool.shell(
            """
            for ms in 20 40 60 80 100 150 200 300 500; do
                timeout -s KILL 0.$(printf %03d $ms) scrubjay sanitize d --output clean --identity my.identity --force \
                    >/dev/null 2>&1
                rm -rf back
                scrubjay restore clean --map d.scrubjay-map.age --identity my.identity --output back || exit 1
                diff -r d back >/dev/null || diff -r d1 back || exit 1
            done
            """
        )
        #expect(restored.status == 0, "\(restored.said)\(restored.text)")
    }
}
