import Foundation
import Sodium
import TestKit
import Testing

/// Whether a program is on the path.
private func isInstalled(_ program: String) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
}

/// Files go back and forth between Scrubjay and the stock program.
@Suite(.enabled(if: isInstalled("age") && isInstalled("age-keygen"), "age is not installed"))
struct AgeProgramTests {
    /// Runs a program in a folder: its name, looked up on the path, and its arguments.
    static func run(_ command: [String], in folder: TemporaryFolder, input: String = "") throws -> (Int32, String) {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(arguments: [0, 1, 65536, 65537, 1_000_000]) func theyOpenWhatWeSeal(count: Int) throws {
        let folder = try TemporaryFolder()
        let identity = AgeIdentity.generate()
        let other = AgeIdentity.generate()
        let content = AgeTests.bytes(count, seed: 3)
        let file = try AgeFile.seal(content.span.bytes, to: [other.recipient, identity.recipient])
        try folder.write(file, to: "file.age")
        try folder.write(try exposed(AgeIdentityFile.serialized(identity)), to: "key")
        let (status, output) = try Self.run(["age", "-d", "-i", "key", "-o", "plain", "file.age"], in: folder)
        #expect(status == 0, "\(output)")
        // The stock program makes no file where there is nothing to write.
        #expect(Folder.contents(of: folder.path + "/plain") ?? [] == content)
        #expect(try Self.run(["age-keygen", "-y", "key"], in: folder).1 == "\(identity.recipient.text ?? "")\n")
    }

    @Test(arguments: [[], ["--armor"]] as [[String]]) func weOpenWhatTheySeal(options: [String]) throws {
        let folder = try TemporaryFolder()
        #expect(try Self.run(["age-keygen", "-o", "key"], in: folder).0 == 0)
        let text = SecretBytes(copying: try #require(Folder.contents(of: folder.path + "/key")))
        let identities = try AgeIdentityFile.identities(in: text)
        let recipient = try #require(identities.first?.recipient.text)
        #expect(try Self.run(["age-keygen", "-y", "key"], in: folder).1 == "\(recipient)\n")
        for count in [0, 1, 48, 65535, 65536, 65537, 300_000] {
            let content = AgeTests.bytes(count, seed: 4)
            try folder.write(content, to: "plain")
            let (status, output) = try Self.run(
                ["age", "-r", recipient, "-o", "file.age"] + options + ["plain"],
                in: folder
            )
            #expect(status == 0, "\(output)")
            let file = try #require(Folder.contents(of: folder.path + "/file.age"))
            #expect(try AgeFile.open(file, with: identities).exposed() == content)
        }
    }

    /// The program asks for a passphrase on its terminal, which `script` gives it.
    @Test(.enabled(if: isInstalled("script"), "script is not installed, and age wants a terminal"))
    func passphrasesGoBothWays() throws {
        let folder = try TemporaryFolder()
        let content = Array("content".utf8)
        let passphrase = "auk wren tern"
        try folder.write(content, to: "plain")
        let sealing = ["script", "-qec", "age -p -o theirs.age plain", "/dev/null"]
        let (status, output) = try Self.run(sealing, in: folder, input: "\(passphrase)\n\(passphrase)\n")
        #expect(status == 0, "\(output)")
        let theirs = try #require(Folder.contents(of: folder.path + "/theirs.age"))
        let identity = AgeIdentity.passphrase(SecretBytes(copying: Array(passphrase.utf8)))
        #expect(try AgeFile.open(theirs, with: [identity]).exposed() == content)

        let ours = AgeRecipient.passphrase(SecretBytes(copying: Array(passphrase.utf8)), workFactor: 10)
        try folder.write(try AgeFile.seal(content.span.bytes, to: [ours]), to: "ours.age")
        let opening = ["script", "-qec", "age -d -o opened ours.age", "/dev/null"]
        #expect(try Self.run(opening, in: folder, input: "\(passphrase)\n").0 == 0)
        #expect(Folder.contents(of: folder.path + "/opened") == content)
        #expect(try Self.run(opening, in: folder, input: "auk wren\n").0 != 0)
    }
}
