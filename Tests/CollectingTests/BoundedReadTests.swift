import Foundation
import SystemPackage
import TestKit
import Testing

@testable import Collecting

/// What a file says of its size is no reason to take memory for it.
@Suite struct BoundedReadTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(inMemory: true) }

    /// A file that has as many bytes as a file system lets it say, and none on the disk.
    private func sparse() throws -> FilePath {
        let path = FilePath(try folder.write("", to: "sparse"))
        let descriptor = try FileDescriptor.open(path, .writeOnly)
        defer { try? descriptor.close() }
        let isLargest = ftruncate(descriptor.rawValue, off_t.max) == 0
        if !isLargest { try #require(ftruncate(descriptor.rawValue, 1 << 40) == 0) }
        return path
    }

    @Test func aSparseFileIsRefused() throws {
        let path = try sparse()
        #expect(throws: CollectingError(.tooLarge, at: "", "")) {
            _ = try Deployment.contents(ofFile: path, atMost: 1 << 14)
        }
        #expect(try !Deployment.holds([0, 0], inFile: path))
    }

    @Test func theLimitIsThatOfTheFile() throws {
        for count in [0, 1, 4095, 4096, 70_000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let path = FilePath(try folder.write(bytes, to: "file"))
            #expect(try Deployment.contents(ofFile: path, atMost: count) == bytes)
            #expect(try Deployment.contents(ofFile: path, atMost: .max) == bytes)
            #expect(try Deployment.holds(bytes, inFile: path))
            #expect(try !Deployment.holds(bytes + [0], inFile: path))
            guard count > 0 else { continue }
            #expect(try !Deployment.holds(Array(bytes.dropLast()), inFile: path))
            #expect(throws: CollectingError(.tooLarge, at: "", "")) {
                _ = try Deployment.contents(ofFile: path, atMost: count - 1)
            }
        }
    }

    @Test func whatIsNotThereIsNil() throws {
        #expect(try Deployment.contents(ofFileIfThere: FilePath(folder.path + "/none"), atMost: 1) == nil)
    }
}
