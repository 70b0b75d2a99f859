import Foundation
import Sodium
import TestKit
import Testing

@Suite struct SecretBytesTests {
    @Test func descriptionTellsTheLengthOnly() {
        let secret = SecretBytes(copying: Array("hunter2".utf8))
        #expect(secret.description == "SecretBytes(7 bytes)")
        #expect("\(secret.description)".contains("hunter2") == false)
    }

    @Test func startsWithZeros() {
        #expect(SecretBytes(count: 100).exposed() == [UInt8](repeating: 0, count: 100))
    }

    @Test func takesTheBytesOutOfAnArray() {
        var bytes = Array("hunter2".utf8)
        let secret = SecretBytes(zeroing: &bytes)
        #expect(secret.exposed() == Array("hunter2".utf8))
        #expect(bytes.isEmpty)
    }

    @Test func comparesContents() {
        /// Compares in a function of its own, since a macro cannot take a value apart that has one owner.
        func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
            SecretBytes(copying: left) == SecretBytes(copying: right)
        }
        #expect(areEqual([1, 2, 3], [1, 2, 3]))
        #expect(areEqual([1, 2, 3], [1, 2, 4]) == false)
        #expect(areEqual([1, 2, 3], [1, 2]) == false)
        #expect(areEqual([], []))
    }

    @Test func copiesAreIndependent() {
        var secret = SecretBytes(copying: [1, 2, 3])
        let copy = secret.copy()
        secret[0] = 9
        #expect(secret.exposed() == [9, 2, 3])
        #expect(copy.exposed() == [1, 2, 3])
    }

    @Test func isEditedInPlace() {
        var secret = SecretBytes(count: 6)
        secret.replace(at: 1, with: [1, 2])
        secret.replace(at: 4, with: SecretBytes(copying: [7, 8]))
        #expect(secret.exposed() == [0, 1, 2, 0, 7, 8])
        secret.formExclusiveOr(at: 2, with: SecretBytes(copying: [0xFF, 0xFF]))
        #expect(secret.exposed() == [0, 1, 0xFD, 0xFF, 7, 8])
        #expect(secret.extract(4..<6).exposed() == [7, 8])
        #expect(secret.firstOffset(of: 7) == 4)
        #expect(secret.firstOffset(of: 0, from: 1) == nil)
    }

    @Test func anInitializerThatThrowsLeavesNothing() {
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            _ = try SecretBytes(count: 8) { (_: inout MutableRawSpan) throws(Failure) in throw Failure() }
        }
    }

    /// By what the kernel says of the memory: locked against being swapped out, and left out of dumps.
    @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/self/smaps"), "there is no /proc"))
    func theMemoryIsNeitherSwappedNorDumped() throws {
        let secret = SecretBytes(count: 4096)
        let address = secret.withBytes { $0.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
        var isMeant = false
        var flags: [Substring] = []
        let text = String(decoding: Folder.contents(of: "/proc/self/smaps") ?? [], as: UTF8.self)
        for line in text.split(separator: "\n") {
            let bounds = line.prefix { $0 != " " }.split(separator: "-").map { UInt($0, radix: 16) }
            if bounds.count == 2, let start = bounds[0], let end = bounds[1] {
                isMeant = start <= address && address < end
            }
            if isMeant, line.hasPrefix("VmFlags:") { flags = line.split(separator: " ") }
        }
        #expect(flags.contains("lo"), "not locked: \(flags)")
        #expect(flags.contains("dd"), "in dumps: \(flags)")
        #expect(secret.count == 4096, "it is still there")
    }

    @Test func trapsBeyondTheEnd() async {
        await #expect(processExitsWith: .failure) {
            let secret = SecretBytes(copying: [1, 2, 3])
            _ = secret[3]
        }
    }
}

@Suite struct SecretReadingTests {
    /// The reading end of a pipe that holds `text` and is closed behind it.
    private func pipe(holding text: String) throws -> FileHandle {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try pipe.fileHandleForWriting.close()
        return pipe.fileHandleForReading
    }

    private func all(of file: FileHandle, limit: Int = 100) throws -> String {
        String(decoding: try SecretBytes.readAll(of: file.fileDescriptor, limit: limit).exposed(), as: UTF8.self)
    }

    private func line(of file: FileHandle, limit: Int = 100) throws -> String {
        String(decoding: try SecretBytes.readLine(of: file.fileDescriptor, limit: limit).exposed(), as: UTF8.self)
    }

    @Test func readsToTheEnd() throws {
        let file = try pipe(holding: "a secret\nof two lines\n")
        #expect(try all(of: file) == "a secret\nof two lines\n")
    }

    @Test func readsOneLineAndNothingBehindIt() throws {
        let file = try pipe(holding: "first\n\nthird")
        #expect(try line(of: file) == "first")
        #expect(try line(of: file) == "")
        #expect(try line(of: file) == "third")
        #expect(try line(of: file) == "")
    }

    @Test func holdsToItsLimit() throws {
        #expect(try all(of: pipe(holding: "12345"), limit: 5) == "12345")
        #expect(throws: SodiumError(.tooLong, "")) { try all(of: pipe(holding: "123456"), limit: 5) }
        let lines = try pipe(holding: "12345\n123456\n")
        #expect(try line(of: lines, limit: 5) == "12345")
        #expect(throws: SodiumError(.tooLong, "")) { try line(of: lines, limit: 5) }
    }

    @Test func saysWhatCannotBeRead() {
        #expect(throws: SodiumError(.unreadable, "")) {
            _ = try SecretBytes.readAll(of: -1, limit: 5)
        }
    }
}
