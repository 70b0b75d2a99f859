import Collecting
import Foundation
import SystemPackage
import TestKit
import Testing

@Suite struct DeploymentTests {
    @Test func listsFilesAndLinksInByteOrder() throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "b.txt")
        try folder.write("22", to: "B.txt")
        try folder.write("333", to: "a/z")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "a/z")
        let deployment = try Deployment(root: FilePath(folder.path))
        #expect(deployment.entries.map(\.path) == ["B.txt", "a/z", "b.txt", "link"])
        #expect(deployment.entries[1].content == .file(size: 3, isExecutable: false))
        #expect(deployment.entries[3].content == .link(target: "a/z"))
        #expect(try deployment.contents(of: "B.txt") == Array("22".utf8))
    }

    /// A folder comes where its files belong, not where its name would.
    @Test func ordersFoldersByThePathsInThem() throws {
        let folder = try TemporaryFolder()
        let paths = ["a-b/x", "a.txt", "a/b", "a/b.c/d", "a/b0", "a0", "ab/c/d", "ab/c0", "b"]
        for path in paths.reversed() where path != "a/b" { try folder.write("x", to: path) }
        try folder.write("x", to: "a/b")
        let deployment = try Deployment(root: FilePath(folder.path))
        #expect(deployment.entries.map(\.path) == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for (index, path) in deployment.entries.map(\.path).enumerated() {
            #expect(deployment.entry(at: path) == deployment.entries[index])
        }
        #expect(deployment.entry(at: "a") == nil && deployment.entry(at: "a/b.c") == nil)
        let rest = deployment.leavingOut(["a/b", "ab/c/d", "b"])
        #expect(rest.entries.map(\.path) == ["a-b/x", "a.txt", "a/b.c/d", "a/b0", "a0", "ab/c0"])
    }

    /// The same letters may be written in two ways, and are then two names.
    @Test func keepsNamesApartThatDifferInTheirBytesAlone() throws {
        let folder = try TemporaryFolder()
        let paths = ["cafe\u{301}/x", "caf\u{e9}/x"]
        for (path, text) in zip(paths, ["1", "22"]) { try folder.write(text, to: path) }
        let deployment = try Deployment(root: FilePath(folder.path))
        #expect(deployment.entries.map { Array($0.path.utf8) } == paths.map { Array($0.utf8) })
        for (path, size) in zip(paths, [1, 2]) {
            #expect(deployment.entry(at: path)?.content == .file(size: size, isExecutable: false))
        }
    }

    @Test func passesOverWhatIsNoFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: ".git/config")
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array((folder.path + "/s").utf8CString)
        try #require(name.count <= MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.map { UInt8(bitPattern: $0) }) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        let deployment = try Deployment(root: FilePath(folder.path))
        #expect(deployment.entries.isEmpty)
        #expect(deployment.skipped.map(\.path) == [".git", "pipe", "s"])
        #expect(deployment.skipped.map(\.reason) == [.gitFolder, .namedPipe, .socket])
    }

    @Test func aLoopOfLinksEndsNowhere() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "d/file")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/up", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/self", withDestinationPath: "self")
        let deployment = try Deployment(root: FilePath(folder.path))
        #expect(deployment.entries.map(\.path) == ["d/file", "d/up", "self"])
    }

    /// As in copies of a machine's root folder, of `/etc` and of one folder in it.
    @Test(arguments: ["etc/nginx/", "nginx/", ""])
    func anAbsoluteLinkLeadsToTheCopyOfItsTarget(place: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: place + "sites-available/meet.conf")
        try folder.write("y", to: place + "sites-enabled/other.conf")
        for (name, target) in [
            ("meet.conf", "/etc/nginx/sites-available/meet.conf"), ("module.conf", "/usr/share/nginx/module.conf"),
            ("outside.conf", "/etc/nginx/../nginx/sites-available/meet.conf"),
            ("self.conf", "/etc/nginx/sites-enabled/self.conf"), ("name.conf", "/meet.conf"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + place + "sites-enabled/" + name,
                withDestinationPath: target
            )
        }
        let deployment = try Deployment(root: FilePath(folder.path))
        let links = deployment.entries.filter(\.isLink)
        #expect(links.count == 5)
        #expect(
            links.compactMap { deployment.file(behind: $0)?.path } == [place + "sites-available/meet.conf"]
        )
    }

    @Test(arguments: [
        ("a/b", "c", "a/c"), ("a/b", "../c", "c"), ("a/b", "./x/../c", "a/c"), ("a/b", "../../c", nil),
        ("b", "/etc/passwd", nil), ("b", "..", nil), ("a/b", "..", nil), ("b", "", nil),
    ])
    func resolvesTargets(path: String, target: String, expected: String?) {
        let entry = Deployment.Entry(path: path, content: .link(target: target))
        #expect(entry.resolvedTarget() == expected)
        #expect(entry.leadsOutside == (expected == nil))
    }

    @Test func saysWhatIsMissing() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("x", to: "file")
        let missing = #expect(throws: CollectingError.self) { try Deployment(root: FilePath(folder.path + "/none")) }
        #expect(missing?.code == .missing)
        let notAFolder = #expect(throws: CollectingError.self) { try Deployment(root: FilePath(file)) }
        #expect(notAFolder?.code == .notAFolder)
    }

    @Test func refusesALinkInThePlaceOfAFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        let deployment = try Deployment(root: FilePath(folder.path))
        try FileManager.default.moveItem(atPath: folder.path + "/file", toPath: folder.path + "/other")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/file", withDestinationPath: "other")
        #expect(throws: CollectingError.self) { try deployment.contents(of: "file") }
    }

    @Test func refusesANameThatIsNotUTF8() throws {
        let folder = try TemporaryFolder()
        let name = folder.path.utf8CString.dropLast() + [0x2F, CChar(bitPattern: 0xFF), 0]
        let descriptor = Array(name).withUnsafeBufferPointer {
            open($0.baseAddress.unsafelyUnwrapped, O_CREAT | O_WRONLY, 0o600)
        }
        try #require(descriptor >= 0)
        close(descriptor)
        let error = #expect(throws: CollectingError.self) { try Deployment(root: FilePath(folder.path)) }
        #expect(error?.code == .nameNotUTF8)
        #expect(error?.message.contains(#"\xff"#) == true)
        try "1".write(toFile: folder.path + "/read", atomically: true, encoding: .utf8)
        let rest = try Deployment(root: FilePath(folder.path), skipping: .unreadable)
        #expect(rest.entries.map(\.path) == ["read"])
        #expect(rest.skipped.map(\.path) == [#"\xff"#] && rest.skipped.map(\.isUnknown) == [true])
        #expect(try Deployment(root: FilePath(folder.path), skipping: .names).skipped == rest.skipped)
    }

    /// A listing of a folder in which files come and go is one of those that are there.
    @Test func whatIsRemovedDuringTheWalkWasNotThere() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "stays")
        let path = folder.path
        let churn = Task.detached {
            while !Task.isCancelled {
                for number in 0..<64 { _ = FileManager.default.createFile(atPath: "\(path)/t\(number)", contents: nil) }
                for number in 0..<64 { try? FileManager.default.removeItem(atPath: "\(path)/t\(number)") }
            }
        }
        for _ in 0..<300 {
            let entries = try Deployment(root: FilePath(path)).entries
            #expect(entries.contains { $0.path == "stays" })
        }
        churn.cancel()
        await churn.value
        #expect(throws: CollectingError(.missing, at: "", "")) { try Deployment(root: FilePath(path + "/gone")) }
    }
}
