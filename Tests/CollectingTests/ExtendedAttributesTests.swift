import Foundation
import SystemPackage
import TestKit
import Testing

@testable import Collecting

/// What a file carries beside its contents stays when a transaction replaces it; set and read by the system's own
/// programs.
@Suite(
    .enabled(
        if: ["setfacl", "getfacl", "setfattr", "getfattr"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
        },
        "acl or attr is not installed: scripts/setup --with-services installs them"
    )
)
struct ExtendedAttributesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("old\n", to: "conf/a.conf")
    }

    @discardableResult
    private func run(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/" + program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments)")
        return String(decoding: output, as: UTF8.self)
    }

    private func replace(
        _ permissions: FileTransaction.Replacement.Permissions = .kept,
        gate: @escaping FileTransaction.Gate = { _ in }
    ) throws {
        var generator = SeededGenerator(seed: 5)
        _ = try FileTransaction(root: FilePath(folder.path), gate: gate).replace(
            [
                FileTransaction.Replacement(
                    path: "conf/a.conf",
                    original: Array("old\n".utf8),
                    contents: Array("new\n".utf8),
                    permissions: permissions
                )
            ],
            using: &generator
        )
        #expect(try folder.read("conf/a.conf") == Array("new\n".utf8))
    }

    @Test func accessControlListsAndAttributesStay() throws {
        try run("setfacl", "-m", "u:1234:rw,g:2345:r,m::rw", "conf/a.conf")
        try run("setfattr", "-n", "user.origin", "-v", "0x00ff10", "conf/a.conf")
        try run("setfattr", "-n", "user.empty", "conf/a.conf")
        let list = try run("getfacl", "--numeric", "conf/a.conf")
        let attributes = try run("getfattr", "--dump", "--match=-", "--encoding=hex", "conf/a.conf")
        #expect(list.contains("user:1234:rw-") && attributes.contains("user.origin=0x00ff10"))
        try replace()
        #expect(try run("getfacl", "--numeric", "conf/a.conf") == list)
        #expect(try run("getfattr", "--dump", "--match=-", "--encoding=hex", "conf/a.conf") == attributes)
    }

    @Test func aFileForItsOwnerAloneLetsNobodyInByItsList() throws {
        try run("setfacl", "-m", "u:1234:rw", "conf/a.conf")
        try replace(.ownerOnly)
        let list = try run("getfacl", "--numeric", "conf/a.conf")
        #expect(list.contains("user:1234:rw-\t#effective:---") && list.contains("mask::---"), "\(list)")
        #expect(try folder.permissions(of: "conf/a.conf") == 0o600)
    }

    /// What is staged gets the list before it has contents, and the list opens it only in its place.
    @Test func whatIsStagedIsForItsOwnerAlone() throws {
        try run("setfacl", "-m", "u:1234:rw,g::rw,o::r", "conf/a.conf")
        var lists: [String] = []
        try replace { operation throws(Errno) in
            guard case .setMode(let staged) = operation else { return }
            lists.append((try? run("getfacl", "--numeric", staged)) ?? "")
        }
        let list = try #require(lists.first)
        #expect(list.contains("user:1234:rw-") && list.contains("mask::---") && list.contains("other::---"), "\(list)")
        #expect(lists.count == 1)
    }

    /// A folder hands a list of its own down to new files; the file that is replaced had none.
    @Test func whatTheFolderHandsDownDoesNotStay() throws {
        try run("setfacl", "-d", "-m", "u:1234:rwx", "conf")
        let list = try run("getfacl", "--numeric", "conf/a.conf")
        #expect(!list.contains("1234"))
        try replace()
        #expect(try run("getfacl", "--numeric", "conf/a.conf") == list)
    }

    /// An attribute that cannot be given refuses the whole run, with nothing changed.
    @Test func withoutTheAttributesNothingChanges() throws {
        try run("setfattr", "-n", "user.origin", "-v", "here", "conf/a.conf")
        #expect(throws: FileTransactionError(.system, "")) {
            try replace { operation throws(Errno) in
                if case .setAttributes = operation { throw .noSpace }
            }
        }
        #expect(try folder.files() == ["conf/a.conf"])
        #expect(try folder.read("conf/a.conf") == Array("old\n".utf8))
    }
}
