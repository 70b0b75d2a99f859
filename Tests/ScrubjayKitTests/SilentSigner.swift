import Archive
import Bundling
import Sodium
import SystemPackage

@testable import ScrubjayKit

/// A signer that signs bundles, and refuses to sign what is said about them.
struct SilentSigner: BundleSigner {
    let signer: MinisignSigner

    var algorithms: [Digest.Algorithm] { signer.algorithms }
    var publicKeys: [PublicKey] { signer.publicKeys }

    func sign(_ archive: ShippedArchive, in file: FilePath) throws -> BundleSignature {
        try signer.sign(archive, in: file)
    }

    func sign(attestation bytes: [UInt8]) throws -> Attestation.Signature { throw FailingSigner.Refusal() }
}
