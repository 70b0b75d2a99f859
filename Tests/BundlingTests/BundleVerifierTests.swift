import Archive
import Bundling
import Sodium
import Synchronization
import TestKit
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct BundleVerifierTests {
    private func code(of body: () throws -> VerifiedBundle) -> BundleError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            let error = error as? BundleError
            #expect(error?.isRefusal == true)
            #expect(error?.message.isEmpty == false)
            return error?.code
        }
    }

    @Test(arguments: ["demo-1.0.tar", "demo-1.0.tar.gz", "demo-1.0.tar.zst"]) func tellsWhatItFound(fileName: String)
        throws
    {
        let signed = try Sample.packed().signed(as: fileName, by: FixedKey.secretKey())
        let found = try Sample.verifier().verify(
            signed.bytes,
            signature: signed.signature.serialized(),
            fileName: fileName
        )
        #expect(found.signers.map(\.key.identifier) == ["1807F6E5D4C3B2A1"])
        #expect(found.statement?.timestamp == Sample.released)
        #expect(found.statement?.fileName == fileName)
        #expect(found.identity == signed.archive.identity)
        #expect(found.format == (try ArchiveFormat(fileName: fileName)))
        #expect(found.manifest == signed.bundle.manifest)
        #expect(Set(try found.members()) == Set(Sample.members))
    }

    @Test func oneOfSeveralKeysIsEnough() throws {
        let signed = try Sample.packed().signed(as: Sample.fileName, by: FixedKey.secretKey())
        let signature = signed.signature.serialized()
        let stranger = try FixedKey.strangersKey().publicKey
        var verifier = BundleVerifier(keys: [stranger])
        for keys in [[], [stranger]] {
            verifier.keyring = Keyring(keys)
            #expect(throws: BundleError(.unknownSigner, "")) {
                try verifier.verify(signed.bytes, signature: signature, fileName: Sample.fileName)
            }
        }
        let own = Keyring.Key.minisign(try FixedKey.secretKey().publicKey)
        verifier.keyring.entries.append(Keyring.Entry(own))
        let found = try verifier.verify(signed.bytes, signature: signature, fileName: Sample.fileName)
        #expect(found.signers.map(\.key) == [own])
    }

    @Test(arguments: ["demo-1.0.tar", "demo-1.0.tar.gz", "demo-1.0.tar.zst"]) func everyChangedByteIsRefused(
        fileName: String
    ) throws {
        let signed = try Sample.packed([Member(path: "a", bytes: text("x"))]).signed(
            as: fileName,
            by: FixedKey.secretKey()
        )
        let signature = signed.signature.serialized()
        let verifier = try Sample.verifier()
        for position in signed.bytes.indices {
            var changed = signed.bytes
            changed[position] ^= 1 << (position % 8)
            #expect(
                code { try verifier.verify(changed, signature: signature, fileName: fileName) } == .badSignature,
                "byte \(position)"
            )
        }
        for count in signed.bytes.indices {
            let truncated = Array(signed.bytes[..<count])
            #expect(code { try verifier.verify(truncated, signature: signature, fileName: fileName) } == .badSignature)
        }
    }

    @Test func whatASignerChangesIsRefusedOrSaysSomethingElse() throws {
        // Signed anew with the right key after each change, so that only the readers stand in between.
        let packed = try Sample.packed([Member(path: "ä", bytes: text("x"))])
        let original = try Sample.verifySigned(packed.tar())
        let tar = try packed.tar()
        for position in tar.indices {
            var changed = tar
            changed[position] ^= 1 << (position % 8)
            guard let found = try? Sample.verifySigned(changed) else { continue }
            // Only the bundle's name and version stand nowhere else.
            #expect((try? found.members()) == (try? original.members()), "byte \(position)")
            #expect(found.manifest.files == original.manifest.files, "byte \(position)")
            #expect(found.manifest != original.manifest, "byte \(position)")
        }
    }

    @Test func anotherFileNameIsRefused() throws {
        let signed = try Sample.packed().signed(as: Sample.fileName, by: FixedKey.secretKey())
        let error = #expect(throws: BundleError(.wrongFileName, "")) {
            try Sample.verifier().verify(
                signed.bytes,
                signature: signed.signature.serialized(),
                fileName: "other\u{1B}.tar"
            )
        }
        #expect(error?.place == "other\\x1b.tar")
        #expect(error?.message.contains("'demo-1.0.tar'") == true)
    }

    @Test func anArchiveThatIsNotTheOneNamedIsRefused() throws {
        let tar = try Sample.packed().tar()
        #expect(code { try Sample.verifySigned(tar, tar: [1, 2, 3]) } == .wrongIdentity)
    }

    @Test func anotherTimeIsRefused() throws {
        let packed = try Sample.packed()
        let tar = try packed.tar()
        let signature = try Sample.sign(tar, timestamp: Sample.released + 1)
        #expect(
            code {
                try Sample.verifier().verify(tar, signature: signature, fileName: Sample.fileName)
            } == .manifestMismatch
        )
        let other = try Sample.tar(
            manifest: packed.manifest.serialized(),
            Sample.members,
            modified: Sample.released - 1
        )
        #expect(code { try Sample.verifySigned(other) } == .manifestMismatch)
    }

    @Test func archivesThatAreNotCanonicalAreRefused() throws {
        let tar = try Sample.packed().tar()
        let gzip = try ArchiveFormat.gzippedTar.pack(tar)
        let zstd: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0]
        let archives: [(bytes: [UInt8], tar: [UInt8])] = [
            ([], []), (text("no archive"), text("no archive")), (zstd, zstd), (tar + [0], tar + [0]),
            (gzip + [0], tar), (gzip + gzip, tar), (try ArchiveFormat.gzippedTar.pack([]) + gzip, tar),
            (Array(gzip.dropLast()), tar), ([0x1F, 0x8B, 8, 8] + gzip[4...], tar),
        ]
        for (bytes, tar) in archives {
            for fileName in ["demo-1.0.tar", "demo-1.0.tar.gz"] {
                #expect(code { try Sample.verifySigned(bytes, tar: tar, fileName: fileName) } == .refusedArchive)
            }
        }
        #expect(code { try Sample.verifySigned(gzip, tar: tar, fileName: "demo-1.0.tar.gz") } == nil)
        // The right bytes under a name that says something else.
        for (bytes, fileName) in [
            (gzip, "demo-1.0.tar"), (tar, "demo-1.0.tar.gz"), (tar, "demo-1.0"), (tar, "demo.tar.zst"),
            (gzip, "demo.tar.zst"),
        ] {
            #expect(code { try Sample.verifySigned(bytes, tar: tar, fileName: fileName) } == .refusedArchive)
        }
    }

    @Test func aListOfParametersThatNobodyHasMemoryForIsRefused() throws {
        let size = 1 << 26 + 1
        let list = FileToPack(
            path: "parameters.json",
            isExecutable: false,
            source: ByteSource(count: size) { [UInt8](repeating: 0x20, count: $0.count) }
        )
        #expect(throws: BundleError(.invalidContents, "")) {
            try BundleWriter(bundleName: "demo", version: "1.0", released: Sample.released).prepare([list])
        }
        // A signer need not ask our writer; none of its bytes need be there to be refused.
        var manifest = try Sample.packed([Member(path: "parameters.json", bytes: [])]).manifest
        manifest.files[0].size = size
        var tar = TarBuilder()
        tar.add(canonical: Manifest.name, mode: 0o644, contents: manifest.serialized())
        var header = TarBuilder.Header("parameters.json")
        header.size = size
        tar.add(header)
        let error = #expect(throws: BundleError(.malformedManifest, "")) { try Sample.verifySigned(tar.bytes) }
        #expect(error?.place == "parameters.json")
    }

    @Test func manifestsThatDoNotMatchAreRefused() throws {
        let members = Sample.members
        let manifest = try Sample.packed().manifest
        func altered(_ change: (inout Manifest) -> Void) -> [UInt8] {
            var manifest = manifest
            change(&manifest)
            return manifest.serialized()
        }
        var changed = members
        changed[0].bytes[0] ^= 1
        var executable = members
        executable[0].isExecutable.toggle()
        let cases: [(tar: [UInt8], code: BundleError.Code)] = try [
            (Sample.tar(manifest: nil, members), .malformedManifest),
            (Sample.tar(manifest: text("{}"), members), .malformedManifest),
            (Sample.tar(manifest: manifest.serialized() + text("\n"), members), .malformedManifest),
            (Sample.tar(manifest: manifest.serialized(), changed), .manifestMismatch),
            (Sample.tar(manifest: manifest.serialized(), executable), .manifestMismatch),
            (Sample.tar(manifest: manifest.serialized(), members.dropLast()), .manifestMismatch),
            (
                Sample.tar(manifest: manifest.serialized(), members + [Member(path: "zz", bytes: [])]),
                .manifestMismatch
            ),
            (Sample.tar(manifest: altered { $0.files.removeLast() }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files.swapAt(0, 1) }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files.append($0.files[0]) }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files[0].size += 1 }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files[0].sha256 = $0.files[1].sha256 }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files[0].sha256 = $0.files[1].sha256 }, members), .manifestMismatch),
            (Sample.tar(manifest: altered { $0.files[0].path = "bin/Start" }, members), .manifestMismatch),
        ]
        for (index, (tar, code)) in cases.enumerated() {
            #expect(self.code { try Sample.verifySigned(tar) } == code, "case \(index)")
        }
        let good = try Sample.tar(manifest: manifest.serialized(), members)
        #expect(self.code { try Sample.verifySigned(good) } == nil)
        let list = Member(path: Manifest.name, isExecutable: true, bytes: manifest.serialized())
        let executableList = try CanonicalArchive(
            members: [list] + members,
            leading: Manifest.name,
            modified: Sample.released
        )
        #expect(code { try Sample.verifySigned(executableList.serialized()) } == .malformedManifest)
    }

    /// A disk that cannot be read says nothing about the bundle.
    @Test(arguments: [0, 1, 2, 3]) func whatCannotBeReadIsNoRefusal(readsBefore: Int) throws {
        struct Unplugged: Error {}
        let bytes = try Sample.packed().signed(as: Sample.fileName, by: FixedKey.secretKey()).bytes
        let reads = Mutex(0)
        let source = ByteSource(count: bytes.count) { range in
            guard
                reads.withLock({ count in
                    count += 1
                    return count <= readsBefore
                })
            else { throw Unplugged() }
            return Array(bytes[range])
        }
        do {
            _ = try Sample.verifier().verify(source, signatures: [Sample.sign(bytes)], fileName: Sample.fileName)
            #expect(reads.withLock { $0 } <= readsBefore, "the failure was swallowed")
        } catch let error as BundleError {
            #expect(error.code == .unreadable && !error.isRefusal, "\(error)")
        }
    }

    /// What was kept while a bundle was verified is not read again, and what was not is.
    @Test(arguments: [true, false]) func heldFilesAreNotReadAgain(isWhole: Bool) throws {
        let list = text("{\n  \"schema\": 1,\n  \"parameters\": [],\n  \"omitted\": []\n}\n")
        let members = Sample.members + [Member(path: "parameters.json", bytes: list)]
        let bytes = try Sample.packed(members).signed(as: Sample.fileName, by: FixedKey.secretKey()).bytes
        let reads = Mutex(0)
        let source = ByteSource(count: bytes.count) { range in
            reads.withLock { $0 += 1 }
            return Array(bytes[range])
        }
        let bundle = try Sample.verifier().verify(
            source,
            signatures: [Sample.sign(bytes)],
            fileName: Sample.fileName
        )
        let before = reads.withLock { $0 }
        let hydration = try Hydration(of: bundle, held: Array(members.dropFirst(isWhole ? 0 : 1)))
        #expect(Set(hydration.templates) == Set(Sample.members))
        #expect((reads.withLock { $0 } == before) == isWhole)
    }
}
