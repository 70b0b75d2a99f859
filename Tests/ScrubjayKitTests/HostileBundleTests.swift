import Archive
import Bundling
import Foundation
import ScrubjayKit
import Sodium
import SystemPackage
import TestKit
import Testing

/// Archives that mean ill, signed with a good key, so that only the reader stands between them and the disk.
@Suite final class HostileBundleTests: Sendable {
    private let key = SecretKey.generate()
    private let folder: TemporaryFolder
    /// Hydrating scans nothing, and compiling the rules takes seconds.
    private static let scan = Result { try Scan(fingerprintKey: FingerprintKey()) }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("canary\n", to: "victim/canary")
        try folder.write("", to: "inside/empty")
    }

    /// The good members before the bad ones, and a manifest that lists them.
    private static func good() throws -> [UInt8] {
        let parameters = Array("{\n  \"schema\": 1,\n  \"parameters\": [],\n  \"omitted\": []\n}\n".utf8)
        let packed = try BundleWriter(bundleName: "hostile", version: "1", released: 1_700_000_000)
            .pack([Member(path: "parameters.json", bytes: parameters)])
        return try packed.tar().dropLast(1024)
    }

    private func sign(_ file: [UInt8], tar: [UInt8], as name: String) throws {
        let statement = TrustedComment(timestamp: 1_700_000_000, fileName: name, identity: BLAKE2b.hash(tar))
        let signature = try Signature(of: file, by: key, trustedComment: statement.comment())
        try folder.write(file, to: name)
        try folder.write(signature.serialized(), to: name + ".minisig")
    }

    /// What refuses to hydrate a file; nothing may have been written.
    private func refusal(of name: String) throws -> BundleError? {
        let before = try folder.files()
        let acceptance = Verify.Acceptance(keyring: Keyring([key.publicKey]), time: 0)
        let verify = Verify(file: FilePath(folder.path + "/" + name), acceptance: acceptance, scan: try Self.scan.get())
        let hydrate = Hydrate(verify: verify, output: FilePath(folder.path + "/inside/output"))
        defer { #expect((try? folder.files()) == before) }
        do {
            let bundle = try hydrate.open()
            _ = try hydrate.apply(Hydration(of: bundle).plan(values: [:]), of: bundle)
            return nil
        } catch {
            return try #require(error as? BundleError)
        }
    }

    @Test func whatIsGoodIsTaken() throws {
        let tar = try Self.good() + [UInt8](repeating: 0, count: 1024)
        try sign(tar, tar: tar, as: "good.tar")
        let acceptance = Verify.Acceptance(keyring: Keyring([key.publicKey]), time: 0)
        let file = FilePath(folder.path + "/good.tar")
        let verify = Verify(file: file, acceptance: acceptance, scan: try Self.scan.get())
        #expect(try Hydrate(verify: verify, output: "/nowhere").open().manifest.files.count == 1)
    }

    @Test(arguments: HostileBundle.all) func isRefusedAndLeavesNothing(_ hostile: HostileBundle) throws {
        let tar = try Self.good() + hostile.members + hostile.end
        for format in ArchiveFormat.allCases {
            let name = "hostile" + (ArchiveFormat.endings.first { $0.format == format }?.ending ?? "")
            let packed = try format.pack(tar)
            try sign(packed, tar: tar, as: name)
            let error = try #require(try refusal(of: name), "accepted")
            // The manifest may notice before the reader does that a file is one too many.
            #expect([.refusedArchive, .manifestMismatch].contains(error.code), "\(error)")
            #expect("\(error)".unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
        #expect(!FileManager.default.fileExists(atPath: HostileBundle.victim))
    }

    @Test(arguments: HostileBundle.all) func isRefusedByTheReaderAlone(_ hostile: HostileBundle) throws {
        let tar = try Self.good() + hostile.members + hostile.end
        let error = #expect(throws: ArchiveError.self) {
            try CanonicalArchive.read({ try $0(tar) }, count: tar.count, as: .tar, leading: Manifest.name) { _ in }
        }
        let text = error.map { "\($0)" }
        #expect(text?.contains(hostile.reason) == true, "\(text ?? "accepted")")
    }

    @Test func whatIsAroundTheTarIsRefused() throws {
        let tar = try Self.good() + [UInt8](repeating: 0, count: 1024)
        let (gzip, zstd) = try (ArchiveFormat.gzippedTar.pack(tar), ArchiveFormat.zstandardTar.pack(tar))
        let (half, rest) = try (
            ArchiveFormat.gzippedTar.pack(Array(tar[..<512])), ArchiveFormat.gzippedTar.pack(Array(tar[512...]))
        )
        let bombs = try [
            (ArchiveFormat.gzippedTar, "bomb.tar.gz"), (.zstandardTar, "bomb.tar.zst"),
        ].map { format, name in
            var limits = ArchiveLimits()
            limits.expansion = .max
            return (try format.pack([UInt8](repeating: 0, count: 1 << 26), limits: limits), name)
        }
        let files = [
            (half + rest, "members.tar.gz"), (gzip + Array("GARBAGE".utf8), "garbage.tar.gz"),
            (zstd + Array("GARBAGE".utf8), "garbage.tar.zst"), (zstd + zstd, "frames.tar.zst"),
            (gzip, "other.tar"), (tar, "other.tar.gz"), (gzip, "other.tar.zst"), (zstd, "zstd.tar.gz"),
        ]
        for (bytes, name) in files + bombs {
            try sign(bytes, tar: tar, as: name)
            let error = try #require(try refusal(of: name), "accepted: \(name)")
            #expect(error.code == .refusedArchive, "\(error)")
        }
    }

    @Test func everyFlippedBitAndEveryTruncationIsRefused() throws {
        let tar = try Self.good() + [UInt8](repeating: 0, count: 1024)
        let verifier = BundleVerifier(keys: [key.publicKey])
        for (format, name) in [(ArchiveFormat.gzippedTar, "a.tar.gz"), (.zstandardTar, "a.tar.zst")] {
            let packed = try format.pack(tar)
            let statement = TrustedComment(timestamp: 1_700_000_000, fileName: name, identity: BLAKE2b.hash(tar))
            let signature = try Signature(of: packed, by: key, trustedComment: statement.comment()).serialized()
            _ = try verifier.verify(packed, signature: signature, fileName: name)
            for position in 0..<(8 * packed.count) {
                var changed = packed
                changed[position / 8] ^= 1 << (position % 8)
                #expect(throws: BundleError(.badSignature, "")) {
                    try verifier.verify(changed, signature: signature, fileName: name)
                }
            }
            // The first line is a comment that nothing protects.
            let protected = (signature.firstIndex(of: 0x0A) ?? 0)..<signature.count
            for position in (8 * protected.lowerBound)..<(8 * protected.upperBound) {
                var changed = signature
                changed[position / 8] ^= 1 << (position % 8)
                #expect(throws: BundleError.self, "bit \(position)") {
                    try verifier.verify(packed, signature: changed, fileName: name)
                }
            }
            for count in packed.indices {
                #expect(throws: BundleError.self) {
                    try verifier.verify(Array(packed[..<count]), signature: signature, fileName: name)
                }
            }
            for count in signature.indices {
                #expect(throws: BundleError.self) {
                    try verifier.verify(packed, signature: Array(signature[..<count]), fileName: name)
                }
            }
        }
    }
}
