import Collecting
import Documents
import Rotating
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// The record of a rotation is what a later run decides by: one that cannot be read whole is none.
@Suite struct RotationRecordTests {
    private let folder: TemporaryFolder
    private var root: FilePath { FilePath(folder.path) }

    init() throws { folder = try TemporaryFolder() }

    @Test func isReadAsItIsWritten() throws {
        var record = RotationRecord()
        (record.generation, record.time, record.phase) = (3, "2026-01-31 23:59:58 UTC", .overlap)
        (record.isLive, record.overlapsUntil) = (false, 1_767_225_600)
        try record.write(to: root)
        #expect(try RotationRecord.read(in: root).record == record)
    }

    @Test(arguments: [
        #"{"schema": 2, "generation": 1, "time": ""}"#,
        #"{"schema": 1, "generation": "1", "time": ""}"#,
        #"{"schema": 1, "generation": 1, "time": 1}"#,
        #"{"schema": 1, "generation": 1, "time": "", "phase": "begun"}"#,
        #"{"schema": 1, "generation": 1, "time": "", "phase": 1}"#,
        #"{"schema": 1, "generation": 1, "time": "", "overlapsUntil": "tomorrow"}"#,
        #"{"schema": 1, "generation": 1, "time": "", "live": "yes"}"#,
        #"{"schema": 1, "generation": 1, "time": "", "more": 1}"#,
    ])
    func whatIsNotWhatItShouldBeIsRefused(text: String) throws {
        try folder.write(text, to: RotationRecord.name)
        #expect(throws: DocumentError(.malformed, "")) { try RotationRecord.read(in: root) }
    }

    @Test func aFileThatIsLargerThanAnyRecordIsNotRead() throws {
        try folder.write(String(repeating: " ", count: 1 << 17), to: RotationRecord.name)
        #expect(throws: CollectingError(.tooLarge, at: "", "")) { try RotationRecord.read(in: root) }
    }

    /// What another run writes at this moment is not taken away from it.
    @Test func aRecoveryWaitsForNobodyAndRemovesWhatIsLeft() throws {
        try folder.write("A=b\n", to: ".env")
        try folder.write("left", to: ".\(RotationRecord.name).scrubjay-partial")
        let workflow = Rotate(root: root, options: RotationOptions())
        #expect(try workflow.recover() == .nothingToDo)
        #expect(try folder.files() == [".env"])
    }
}
