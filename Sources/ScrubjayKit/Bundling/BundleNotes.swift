internal import Archive
internal import Bundling
internal import Detecting
internal import Documents
internal import Sanitizing

/// The documents beside a bundle's signature: signed attestations of its build and its cleanliness, and the list of the
/// images it runs.
public struct BundleNotes: Sendable {
    /// The suffix of the attestation file's name.
    public static let attestationEnding = ".intoto.jsonl"

    private let toolVersion: String
    private let ruleCount: Int
    private let parameters: ParameterFile

    /// Collects the facts for the documents about a bundle that `workflow` has prepared.
    ///
    /// - Throws: ``CollectingError``; ``DocumentError``.
    public init(_ workflow: BundlePacking, toolVersion: String) throws {
        self.toolVersion = toolVersion
        ruleCount = try workflow.ruleCount
        parameters = try workflow.parameters()
    }

    /// Returns the documents and their names.
    func files(
        about packed: PreparedBundle,
        _ archive: ShippedArchive,
        signers: [any BundleSigner]
    ) throws -> [(name: String, bytes: [UInt8])] {
        let provenance = Provenance(manifest: packed.manifest, archive: archive, toolVersion: toolVersion)
        let statements = [provenance.buildStatement(), provenance.cleanlinessStatement(cleanliness)]
        let lines = try statements.map { statement in
            var attestation = Attestation(payload: statement)
            attestation.signatures = try signers.map { try $0.sign(attestation: attestation.signedBytes) }
            return attestation.serialized()
        }
        let materials = try BillOfMaterials(of: packed, archive: archive, toolVersion: toolVersion)
        return [
            (archive.fileName + Self.attestationEnding, lines.flatMap(\.self)),
            (archive.fileName + ".cdx.json", materials.cycloneDX()),
            (archive.fileName + ".spdx.json", materials.spdx()),
        ]
    }

    private var cleanliness: Provenance.Cleanliness {
        let severities = Dictionary(grouping: parameters.parameters, by: \.severity.rawValue)
        return Provenance.Cleanliness(
            ruleCount: ruleCount,
            findingCount: 0,
            parameterCounts: severities.map { ($0.key, $0.value.count) }.sorted { $0.severity < $1.severity },
            omittedCount: parameters.omissions.count
        )
    }
}
