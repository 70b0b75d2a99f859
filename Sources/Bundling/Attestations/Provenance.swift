internal import Archive
internal import Documents
internal import Sodium

/// Writes attestations about a bundle: in-toto statements (github.com/in-toto/attestation, v1) of how it was built and
/// how clean it is.
///
/// They contain no time but the bundle's own, and nothing about the machine, so the same bundle has the same statements
/// everywhere. `docs/formats/attestation.md` specifies the predicates.
public struct Provenance: Sendable {
    /// The type of a statement.
    static let statementType = "https://in-toto.io/Statement/v1"
    /// The predicate of how a bundle was built.
    public static let buildPredicate = "https://slsa.dev/provenance/v1"
    /// The predicate of how clean it is.
    public static let cleanlinessPredicate = "urn:scrubjay:cleanliness:1"
    /// The build type of a bundle, in SLSA's terms.
    static let buildType = "urn:scrubjay:bundle:1"

    /// The result of the scan of the files before they were packed.
    public struct Cleanliness: Hashable, Sendable {
        /// The number of rules.
        public var ruleCount: Int
        /// The number of findings; a bundle with one is not packed.
        public var findingCount: Int
        /// The number of parameters by severity.
        public var parameterCounts: [(severity: String, count: Int)]
        /// The number of files left out.
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

        /// Compares two summaries.
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

    /// Prepares the statements about a bundle.
    public init(manifest: Manifest, archive: ShippedArchive, toolVersion: String) {
        self.manifest = manifest
        self.archive = archive
        self.toolVersion = toolVersion
    }

    /// Returns the statement of how the bundle was built: SLSA provenance v1.
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

    /// Returns the statement of how clean the bundle is.
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

    /// Returns the build's dependencies: the bundle's files.
    static func dependencies(of manifest: Manifest) -> JSONValue {
        .array(manifest.files.map { ["name": .string($0.path), "digest": ["sha256": .string($0.sha256.hex)]] })
    }
}
