internal import Documents
internal import Archive
internal import Sodium

/// Writes the list of the container images that a bundle runs, with their digests if they are given.
///
/// The same bundle has the same lists everywhere: their ids are derived from its identity, and their time is the
/// bundle's own.
public struct BillOfMaterials: Sendable {
    private let manifest: Manifest
    private let archive: ShippedArchive
    private let toolVersion: String
    /// The images.
    public let images: [ContainerImage]

    /// Prepares the lists for a bundle.
    public init(of bundle: PreparedBundle, archive: ShippedArchive, toolVersion: String) throws {
        manifest = bundle.manifest
        self.archive = archive
        self.toolVersion = toolVersion
        images = try bundle.images()
    }

    private var time: String { CalendarDate.timestamp(archive.released) }
    private var sha256: String { archive.digests[.sha256]?.hex ?? "" }

    // MARK: - CycloneDX

    /// Returns the list as CycloneDX 1.5 JSON.
    public func cycloneDX() -> [UInt8] {
        let bundle = "bundle"
        let value: JSONValue = [
            "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "serialNumber": .string("urn:uuid:" + uuid),
            "version": 1,
            "metadata": [
                "timestamp": .string(time),
                "tools": [
                    "components": [
                        ["type": "application", "name": "scrubjay", "version": .string(toolVersion)]
                    ]
                ],
                "component": [
                    "type": "application",
                    "bom-ref": .string(bundle),
                    "name": .string(manifest.bundleName),
                    "version": .string(manifest.version),
                    "hashes": [["alg": "SHA-256", "content": .string(sha256)]],
                ],
            ],
            "components": .array(images.map(Self.component)),
            "dependencies": .array(
                [["ref": .string(bundle), "dependsOn": .array(images.map { .string($0.reference) })]]
                    + images.map { ["ref": .string($0.reference), "dependsOn": .array([])] }
            ),
        ]
        return value.serialized(.indented)
    }

    private static func component(_ image: ContainerImage) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", "container"),
            .init("bom-ref", .string(image.reference)),
            .init("name", .string(image.repository)),
        ]
        if let version = image.tag ?? image.digest { members.append(.init("version", .string(version))) }
        if let hex = sha256(of: image) {
            members.append(.init("hashes", [["alg": "SHA-256", "content": .string(hex)]]))
        }
        members.append(.init("purl", .string(image.packageURL)))
        return .object(members)
    }

    private static func sha256(of image: ContainerImage) -> String? {
        guard let digest = image.digest, digest.hasPrefix("sha256:") else { return nil }
        return String(digest.dropFirst("sha256:".utf8.count))
    }

    /// A UUID of version 8 (RFC 9562), made from the identity's first bits.
    private var uuid: String {
        var bytes = Array(archive.identity.bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Hex.encode(bytes)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text
    }

    // MARK: - SPDX

    /// Returns the list as SPDX 2.3 JSON.
    public func spdx() -> [UInt8] {
        let value: JSONValue = [
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": .string("\(manifest.bundleName)-\(manifest.version)"),
            "documentNamespace": .string("https://spdx.org/spdxdocs/\(manifest.bundleName)-\(uuid)"),
            "creationInfo": [
                "created": .string(time),
                "creators": [.string("Tool: scrubjay-\(toolVersion)")],
            ],
            "packages": .array([bundlePackage] + images.enumerated().map { Self.package($1, number: $0) }),
            "relationships": .array(
                [Self.relationship("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-bundle")]
                    + images.indices.map {
                        Self.relationship("SPDXRef-bundle", "DEPENDS_ON", "SPDXRef-image-\($0 + 1)")
                    }
            ),
        ]
        return value.serialized(.indented)
    }

    private var bundlePackage: JSONValue {
        [
            "SPDXID": "SPDXRef-bundle",
            "name": .string(manifest.bundleName),
            "versionInfo": .string(manifest.version),
            "packageFileName": .string(archive.fileName),
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": false,
            "checksums": [["algorithm": "SHA256", "checksumValue": .string(sha256)]],
            "primaryPackagePurpose": "ARCHIVE",
        ]
    }

    private static func package(_ image: ContainerImage, number: Int) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("SPDXID", .string("SPDXRef-image-\(number + 1)")),
            .init("name", .string(image.repository)),
        ]
        if let version = image.tag ?? image.digest { members.append(.init("versionInfo", .string(version))) }
        members.append(.init("downloadLocation", "NOASSERTION"))
        members.append(.init("filesAnalyzed", false))
        if let hex = sha256(of: image) {
            members.append(.init("checksums", [["algorithm": "SHA256", "checksumValue": .string(hex)]]))
        }
        members.append(
            .init(
                "externalRefs",
                [
                    [
                        "referenceCategory": "PACKAGE-MANAGER",
                        "referenceType": "purl",
                        "referenceLocator": .string(image.packageURL),
                    ]
                ]
            )
        )
        members.append(.init("primaryPackagePurpose", "CONTAINER"))
        return .object(members)
    }

    private static func relationship(_ element: String, _ type: String, _ related: String) -> JSONValue {
        [
            "spdxElementId": .string(element),
            "relationshipType": .string(type),
            "relatedSpdxElement": .string(related),
        ]
    }
}

extension PreparedBundle {
    /// The maximum size in bytes of a Compose file or `.env` file.
    private static let largestComposeFile = 1 << 22

    /// Returns the container images named in its Compose files.
    func images() throws -> [ContainerImage] {
        let wanted = files.filter { file in
            let name = file.path.split(separator: "/").last ?? ""
            return (ComposeText.isComposeFile(file.path) || name == ".env")
                && file.source.count <= Self.largestComposeFile
        }
        return ContainerImage.images(in: try wanted.map { Member(path: $0.path, bytes: try $0.source.all()) })
    }
}
