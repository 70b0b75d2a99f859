import Foundation
import TestKit
import Testing

/// The diagram of docs/architecture.md has the arrows of Package.swift.
@Suite struct ArchitectureTests {
    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: Repository.root + "/" + name, encoding: .utf8)
    }

    /// The arrows between modules, as `from to`; the dotted ones to C libraries are of another sort.
    private func drawn() throws -> Set<String> {
        var arrows: Set<String> = []
        for line in try text("docs/architecture.md").split(separator: "\n") where line.contains(" --> ") {
            let sides = line.split(separator: " --> ", maxSplits: 1).map { side in
                side.split(separator: "&").map { name in
                    name.trimmingCharacters(in: .whitespaces).prefix { $0 != "[" }
                }
            }
            guard sides.count == 2 else { continue }
            for from in sides[0] { for to in sides[1] { arrows.insert("\(from) \(to)") } }
        }
        return arrows
    }

    /// The modules that each target depends on; those of packages and the C libraries of the system are not drawn so.
    private func declared() throws -> Set<String> {
        let manifest = try text("Package.swift")
        let target = try Regex(#"\.(?:executableTarget|target)\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]"#)
        let library = try Regex(#"\.systemLibrary\(\s*name: "(\w+)",\s*pkgConfig"#)
        let libraries = Set(manifest.matches(of: library).compactMap { $0[1].substring.map(String.init) })
        var arrows: Set<String> = []
        for match in manifest.matches(of: target) {
            guard let from = match[1].substring, let list = match[2].substring else { continue }
            for entry in list.split(separator: ",") {
                let name = entry.trimmingCharacters(in: .whitespacesAndNewlines)
                guard name.hasPrefix("\""), !libraries.contains(name.trimmingCharacters(in: ["\""])) else { continue }
                arrows.insert("\(from) \(name.trimmingCharacters(in: ["\""]))")
            }
        }
        return arrows
    }

    @Test func theDiagramHasTheArrowsOfThePackage() throws {
        let (drawn, declared) = (try drawn(), try declared())
        #expect(declared.contains("Bundling Detecting") && declared.count > 30, "the manifest was read")
        #expect(drawn.subtracting(declared).sorted() == [])
        #expect(declared.subtracting(drawn).sorted() == [])
    }

    /// The names of other programs, whose options a sentence may name.
    private static let others = [
        "git", "docker", "podman", "ps", "gcloud", "terraform", "prosodyctl", "systemctl", "openssl", "chmod",
    ]

    /// Below `ScrubjayCommands`, no text names an option or a verb of the command line: the library says what can be
    /// done, and the command says how it is typed.
    @Test func theLibraryDoesNotKnowTheCommandLine() throws {
        let verbs = "scan|sanitize|collect|rotate|bundle|verify|publish|hydrate|drift|restore|keygen|policy|rules"
        let told = try Regex(#"[a-z0-9,;:…] --[a-z]|['(]--[a-z]|'--[a-z]|\bscrubjay (?:"# + verbs + #")\b"#)
        let other = try Regex(#"\b(?:"# + Self.others.joined(separator: "|") + #")\b"#)
        let literal = try Regex(#""(?:[^"\\]|\\.)*""#)
        let sources = URL(filePath: Repository.root + "/Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            guard !file.path.contains("/ScrubjayCommands/") else { continue }
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { continue }
                for text in line.matches(of: literal).map({ line[$0.range] }) {
                    count += 1
                    #expect(!text.contains(told) || text.contains(other), "\(file.lastPathComponent): \(text)")
                }
            }
        }
        #expect(count > 5000, "the sources were read")
    }
}
