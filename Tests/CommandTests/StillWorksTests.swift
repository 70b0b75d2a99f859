import Foundation
import TestKit
import Testing

/// Files that the programs they are for accepted before are accepted by them after sanitizing.
@Suite struct StillWorksTests {
    /// A program that says whether it can read a file.
    struct Reader: CustomTestStringConvertible, Sendable {
        var program: String
        /// The words of the command, in which `FILE` and `FOLDER` are filled in.
        var command: String
        /// The files that it is for, by the ends of their paths.
        var files: [String]

        var testDescription: String { program }
    }

    static let readers = [
        Reader(program: "bash", command: "bash -n FILE", files: [".sh"]),
        Reader(
            program: "python3",
            command: "python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' FILE",
            files: [".py"]
        ),
        Reader(
            program: "python3",
            command: "python3 -c 'import json, sys; json.load(open(sys.argv[1]))' FILE",
            files: [".json"]
        ),
        Reader(program: "luac", command: "luac -p FILE", files: [".lua"]),
        Reader(program: "terraform", command: "terraform fmt -check FOLDER", files: [".tf"]),
        Reader(
            program: "docker-compose",
            command: "cd FOLDER && docker-compose -f FILE config -q",
            files: ["docker-compose.yml"]
        ),
        Reader(
            program: "prosodyctl",
            command: "prosodyctl --config FILE check config",
            files: ["prosody.cfg.lua"]
        ),
        // A file that the image includes in a server.
        Reader(
            program: "nginx",
            command: """
                { echo 'pid pid; error_log stderr; events {} http { access_log off;'
                  echo 'map $http_upgrade $connection_upgrade { default upgrade; "" close; }'
                  echo 'server { listen 127.0.0.1:1; include "'FILE'"; } }'; } > nginx.conf
                nginx -t -q -p "$PWD" -c nginx.conf
                """,
            files: ["nginx/meet.conf"]
        ),
    ]

    private static let programs = "/usr/local/bin:/usr/bin:/bin:/usr/sbin"

    static func isInstalled(_ program: String) -> Bool {
        programs.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    @Test(arguments: readers.filter { isInstalled($0.program) })
    func whatWasReadableStaysReadable(reader: Reader) throws {
        let folder = try TemporaryFolder()
        let tool = Tool(folder: folder.path, environment: ["PATH": Tool.products + ":" + Self.programs])
        let clean = folder.path + "/clean"
        #expect(try tool("sanitize", Repository.fixture, "--output", clean).status == 0)

        func accepted(in root: String) throws -> Int {
            let paths = try TemporaryFolder.files(in: root).filter { path in
                path != "parameters.json" && reader.files.contains { path.hasSuffix($0) }
            }
            return try paths.count { path in
                let file = URL(fileURLWithPath: root + "/" + path)
                let line = reader.command.replacing("FILE", with: "'\(file.path)'")
                    .replacing("FOLDER", with: "'\(file.deletingLastPathComponent().path)'")
                return try tool.shell(line).status == 0
            }
        }

        let before = try accepted(in: Repository.fixture)
        #expect(before > 0, "\(reader.program) accepts no file of the fixture")
        #expect(try accepted(in: clean) == before)
    }
}
