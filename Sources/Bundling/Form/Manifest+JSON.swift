internal import Documents
internal import Sodium

extension Manifest {
    /// The text before the list of files in the canonical form, including its opening bracket.
    private static let listStart = "\n  \"files\": ["
    /// The text after an empty list.
    private static let emptyListEnd = "]\n}\n"
    /// The text after the last file of a list.
    private static let listEnd = "\n  ]\n}\n"
    /// The number of lines for one file: its members, between two braces.
    private static let linesOfFile = 6
    /// The approximate size of these lines in bytes, without the path.
    private static let bytesOfFile = 192
    /// The nesting depth of files in the JSON.
    private static let depthOfFile = 2

    /// Returns the UTF-8 bytes of the manifest, which are the same for the same contents on every machine.
    public func serialized() -> [UInt8] {
        var bytes = head()
        guard !files.isEmpty else { return bytes + Self.emptyListEnd.utf8 }
        bytes.reserveCapacity(files.reduce(bytes.count) { $0 + $1.path.utf8.count + Self.bytesOfFile })
        for (index, file) in files.enumerated() {
            bytes += (index == 0 ? "\n" : ",\n").utf8
            bytes += Self.text(of: file)
        }
        return bytes + Self.listEnd.utf8
    }

    /// Returns the text up to the bracket that opens the list of files.
    private func head() -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init("schema", .integer(Self.schema)),
            .init("name", .string(bundleName)),
            .init("version", .string(version)),
            .init("released", .integer(Int(released))),
        ]
        if isPrivate { members.append(.init("private", true)) }
        members.append(.init("files", .array([])))
        return JSONValue.object(members).serialized(.indented).dropLast(Self.emptyListEnd.utf8.count)
    }

    /// Returns the lines of one file, without a final line break.
    private static func text(of file: File) -> [UInt8] {
        let value: JSONValue = [
            "path": .string(file.path),
            "mode": .string(file.isExecutable ? "0755" : "0644"),
            "size": .integer(file.size),
            "sha256": .string(file.sha256.hex),
        ]
        return value.serializedMember(depth: depthOfFile)
    }

    /// Reads a manifest strictly: it must be exactly what ``serialized()`` writes.
    ///
    /// Files are read one by one, and compared with their canonical text: a generic JSON tree would take several times
    /// the memory of the list of files.
    ///
    /// - Throws: ``BundleError`` with code `malformedManifest`.
    public init(parsing bytes: [UInt8]) throws(BundleError) {
        // A JSON string contains no line end, so this text occurs first where the list begins.
        guard let list = bytes.firstRange(of: Array(Self.listStart.utf8)) else { throw Self.notCanonical }
        let head = Array(bytes[..<list.upperBound])
        do throws(DocumentError) {
            self = try Self.description(JSONValue(parsing: head + Self.emptyListEnd.utf8))
        } catch {
            throw BundleError(.malformedManifest, at: Self.name, error.message)
        }
        if let complaint = Self.complaint(bundleName: bundleName, version: version, released: released) {
            throw BundleError(.malformedManifest, at: Self.name, complaint)
        }
        guard self.head() == head else { throw Self.notCanonical }
        files = try Self.files(in: bytes[list.upperBound...])
    }

    private static let notCanonical = BundleError(
        .malformedManifest,
        at: name,
        "the manifest is not in canonical form"
    )

    private static func description(_ value: JSONValue) throws(DocumentError) -> Manifest {
        let root = try value.members(
            required: ["schema", "name", "version", "released", "files"],
            optional: ["private"],
            of: "the manifest"
        )
        guard root["schema"] == .integer(schema) else {
            throw DocumentError(.malformed, "the manifest's schema is not \(schema)")
        }
        return Manifest(
            checked: try (root["name"] ?? .null).string(of: "the name"),
            version: try (root["version"] ?? .null).string(of: "the version"),
            released: Int64(try (root["released"] ?? .null).integer(of: "the time of the release")),
            isPrivate: root["private"] == .bool(true),
            files: []
        )
    }

    /// Reads the text after the bracket that opens the list.
    private static func files(in bytes: ArraySlice<UInt8>) throws(BundleError) -> [File] {
        var files: [File] = []
        var rest = bytes
        if rest.elementsEqual(emptyListEnd.utf8) { return files }
        repeat {
            guard rest.popFirst() == UInt8(ascii: "\n") else { throw notCanonical }
            let text = lines(linesOfFile, of: rest)
            rest = rest[text.endIndex...]
            let own = text.last == UInt8(ascii: ",") ? text.dropLast() : text
            do throws(DocumentError) {
                files.append(try file(JSONValue(parsing: Array(own))))
            } catch {
                throw BundleError(.malformedManifest, at: name, error.message)
            }
            guard files.last.map({ Self.text(of: $0).elementsEqual(own) }) == true else { throw notCanonical }
            if own.endIndex == text.endIndex { break }
        } while true
        guard rest.elementsEqual(listEnd.utf8) else { throw notCanonical }
        return files
    }

    /// Returns the first lines of a text, without the end of the last.
    private static func lines(_ count: Int, of text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = text.startIndex
        for line in 0..<count {
            end = text[end...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
            if line < count - 1 && end < text.endIndex { end += 1 }
        }
        return text[..<end]
    }

    private static func file(_ value: JSONValue) throws(DocumentError) -> File {
        let members = try value.members(required: ["path", "mode", "size", "sha256"], of: "a file")
        let isExecutable: Bool
        switch members["mode"] {
        case "0644": isExecutable = false
        case "0755": isExecutable = true
        default: throw DocumentError(.malformed, "a file's mode is neither 0644 nor 0755")
        }
        let digest = try (members["sha256"] ?? .null).string(of: "a file's digest")
        guard let sha256 = Digest("\(Digest.Algorithm.sha256.rawValue):\(digest)") else {
            throw DocumentError(.malformed, "a file's digest is not 64 hexadecimal digits")
        }
        return File(
            path: try (members["path"] ?? .null).string(of: "a file's path"),
            isExecutable: isExecutable,
            size: try (members["size"] ?? .null).integer(of: "a file's size"),
            sha256: sha256
        )
    }
}
