internal import Archive
internal import Documents
internal import Sodium

/// Writes what is attested about a bundle: in-toto statements (github.com/in-toto/attestation, v1) about how it was built
/// and how clean it is.
///
/// They hold no time but the bundle's own, and nothing about the machine, so that the same bundle has the same statements
/// everywhere. `docs/formats/attestation.md` specifies the predicates.
public struct Provenance: Sendable {
    /// The type of a statement.
    static let statementType = "https://in-toto.io/Statement/v1"
    /// The predicate about how a bundle was built.
    public static let buildPredicate = "https://slsa.dev/provenance/v1"
    /// The predicate about how clean it is.
    public static let cleanlinessPredicate = "urn:scrubjay:cleanliness:1"
    /// What is done to build a bundle, in the words of SLSA.
    static let buildType = "urn:scrubjay:bundle:1"

    /// What a scan said about the files before they were packed.
    public struct Cleanliness: Hashable, Sendable {
        /// How many rules were run.
        public var ruleCount: Int
        /// How many findings there were; a bundle with one is not packed.
        public var findingCount: Int
        /// How many parameters stand for a value, by their severity.
        public var parameterCounts: [(severity: String, count: Int)]
        /// How many files were left out.
        public var omittedCount: Int

        /// Makes the summary.
        public init(
            ruleCount: Int,
            findingCount: Int,
            parameterCounts: [(severity: String, count: Int)],
            omittedCount: Int
        ) {
            self.ruleCount = ruleCount
            self.findingCount = findingCount
            self.parameterCounts = parameterCounts
            self.omittedCount = omittedCount
        }

        /// Whether two summaries say the same.
        public static func == (left: Cleanliness, right: Cleanliness) -> Bool {
            (left.ruleCount, left.findingCount, left.omittedCount)
                == (right.ruleCount, right.findingCount, right.omittedCount)
                && left.parameterCounts.elementsEqual(right.parameterCounts, by: ==)
        }

        /// Hashes the numbers.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(ruleCount)
            hasher.combine(findingCount)
            hasher.combine(omittedCount)
        }
    }

    private let manifest: Manifest
    private let archive: ShippedArchive
    private let toolVersion: String

    /// Makes the writer of the statements about a bundle.
    public init(manifest: Manifest, archive: ShippedArchive, toolVersion: String) {
        self.manifest = manifest
        self.archive = archive
        self.toolVersion = toolVersion
    }

    /// How the bundle was built: SLSA provenance v1.
    public func buildStatement() -> [UInt8] {
        let time = JSONValue.string(CalendarDate.timestamp(archive.released))
        return statement(
            Self.buildPredicate,
            [
                "buildDefinition": [
                    "buildType": .string(Self.buildType),
                    "externalParameters": [
                        "name": .string(manifest.bundleName),
                        "version": .string(manifest.version),
                        "released": .integer(Int(manifest.released)),
                        "fileName": .string(archive.fileName),
                    ],
                    "internalParameters": .object([]),
                    "resolvedDependencies": Self.dependencies(of: manifest),
                ],
                "runDetails": [
                    "builder": ["id": "urn:scrubjay", "version": ["scrubjay": .string(toolVersion)]],
                    "metadata": [
                        "invocationId": .string(archive.identity.description),
                        "startedOn": time,
                        "finishedOn": time,
                    ],
                ],
            ]
        )
    }

    /// How clean the bundle is.
    public func cleanlinessStatement(_ cleanliness: Cleanliness) -> [UInt8] {
        statement(
            Self.cleanlinessPredicate,
            [
                "scanner": [
                    "name": "scrubjay",
                    "version": .string(toolVersion),
                    "rules": .integer(cleanliness.ruleCount),
                ],
                "scanned": [
                    "files": .integer(manifest.files.count),
                    "bytes": .integer(manifest.files.reduce(0) { $0 + $1.size }),
                ],
                "findings": .integer(cleanliness.findingCount),
                "parameters": .object(
                    cleanliness.parameterCounts.map { JSONValue.Member($0.severity, .integer($0.count)) }
                ),
                "omitted": .integer(cleanliness.omittedCount),
            ]
        )
    }

    private func statement(_ predicateType: String, _ predicate: JSONValue) -> [UInt8] {
        let digests = [("sha256", Digest.Algorithm.sha256), ("blake2b", .blake2b512)].compactMap { name, algorithm in
            archive.digests[algorithm].map { JSONValue.Member(name, .string($0.hex)) }
        }
        let value: JSONValue = [
            "_type": .string(Self.statementType),
            "subject": [["name": .string(archive.fileName), "digest": .object(digests)]],
            "predicateType": .string(predicateType),
            "predicate": predicate,
        ]
        return value.serialized(.line)
    }

    /// What a bundle was built from: its files.
    static func dependencies(of manifest: Manifest) -> JSONValue {
        .array(manifest.files.map { ["name": .string($0.path), "digest": ["sha256": .string($0.sha256.hex)]] })
    }
}
