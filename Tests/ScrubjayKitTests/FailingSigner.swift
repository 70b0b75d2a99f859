import Archive
import Bundling
import Sodium
import SystemPackage

@testable import ScrubjayKit

/// A signer that refuses, as an agent does whose owner says no.
struct FailingSigner: BundleSigner {
    /// What it says.
    struct Refusal: Error {}

    var algorithms: [Digest.Algorithm] { [] }
    var publicKeys: [PublicKey] { [] }

    func sign(_ archive: ShippedArchive, in file: FilePath) throws -> BundleSignature { throw Refusal() }

    func sign(attestation bytes: [UInt8]) throws -> Attestation.Signature { throw Refusal() }
}
