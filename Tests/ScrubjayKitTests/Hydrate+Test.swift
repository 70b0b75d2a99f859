import Bundling
import ScrubjayKit
import SystemPackage
import TestKit

extension Hydrate {
    /// The deployment in a folder, sanitized, packed and signed by a fresh key, to be hydrated into `mine`.
    init(
        packing folder: TemporaryFolder,
        _ name: String,
        named bundleName: String = "wren",
        version: String = "1",
        scan: Scan,
        editing edit: () throws -> Void = {}
    ) throws {
        let released = 1_767_225_600
        func path(_ name: String) -> FilePath { FilePath("\(folder.path)/\(name)") }
        let sanitize = Sanitize(source: path(name), output: path(name + "-clean"), replacesOutput: true, scan: scan)
        _ = try sanitize.apply(sanitize.prepare(), time: 0)
        try edit()
        let bundle = BundlePacking(
            tree: path(name + "-clean"),
            output: path(name + ".tar.gz"),
            name: bundleName,
            version: version,
            released: released,
            replacesOutput: true,
            scan: scan
        )
        let key = SecretKey.generate()
        let acceptance = Verify.Acceptance(keyring: Keyring([key.publicKey]), time: released)
        _ = try bundle.apply(bundle.prepare(), signers: [MinisignSigner(key)])
        self.init(verify: Verify(file: bundle.output, acceptance: acceptance, scan: scan), output: path("mine"))
    }
}
