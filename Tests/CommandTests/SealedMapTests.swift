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
        #expect(
            map.keys.sorted() == [
                "absent", "files", "generation", "leftOut", "modes", "recipients", "schema", "values",
            ]
        )
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

    /// Of a passphrase and a key a new map could be sealed to one only, and the other would open nothing.
    @Test(arguments: ["--identity my.identity", "--recipient $(cat my.recipient)"])
    func aNewMapIsSealedToAPassphraseOrToKeys(key: String) throws {
        let run = try tool.shell(
            """
            scrubjay keygen --age --output my 2>/dev/null | tail -1 > my.recipient; echo otter bay > pw
            scrubjay sanitize d --output clean --passphrase-file pw \(key)
            """
        )
        #expect(run.status == 64, "\(run.said)")
        #expect(run.said.contains("a map is sealed either to a passphrase or to keys: give only one of them"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
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

    /// A run that is killed at any step that others can see leaves an output that its map restores, and the next run
    /// ends as if nothing had been.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "strace is not installed"))
    func aKillAtAnyStepLosesNothing() throws {
        try folder.write("JVB_AUTH_PASSWORD=1f1e2d3c4b5a69788796a5b4c3d2e1f0\nADDRESS=245.9.9.9\n", to: "base/d/.env")
        let run = try tool.shell(
            """
            set -e
            cd base && scrubjay keygen --age --output my >/dev/null 2>&1 && mv d new && cp -r ../d d
            scrubjay sanitize d --output clean --identity my.identity 2>/dev/null
            mv d old && mv new d && cd ..
            sanitize='sanitize d --output clean --identity my.identity --force'
            restore='restore clean --map d.scrubjay-map.age --identity my.identity --output back --force'
            for call in rename renameat2 unlink unlinkat mkdir fsync syncfs; do for step in $(seq 1 99); do
                rm -rf work && cp -a base work && cd work
                status=0
                strace -f -qq -o /dev/null -e trace=$call -e inject=$call:signal=KILL:when=$step \
                    scrubjay $sanitize >/dev/null 2>&1 || status=$?
                # Where names cannot be exchanged there is no output between two renames; the next run, which is refused,
                # puts it back.
                [ -d clean ] || scrubjay sanitize d --output clean --identity my.identity 2>/dev/null || true
                scrubjay $restore 2>/dev/null || { echo "$call $step: not restored"; exit 1; }
                if diff -r old back >/dev/null; then echo old; else diff -r d back && echo new; fi
                scrubjay $sanitize 2>/dev/null && scrubjay $restore 2>/dev/null && diff -r d back
                ls -A | grep -v -x -e d -e old -e clean -e back -e my.identity -e d.scrubjay-map.age \
                    -e '[.][.]d.scrubjay-map.age.scrubjay-next-1.scrubjay-partial' && exit 1
                cd ..
                [ $status -ne 0 ] || break
            done; done
            """
        )
        let lines = run.text.split(separator: "\n")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        #expect(lines.count { $0 == "old" } > 4 && lines.count { $0 == "new" } > 7, "\(run.said)\(run.text)")
    }
}
