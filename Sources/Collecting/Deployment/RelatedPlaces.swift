internal import Documents
internal import SystemPackage

/// Finds the places that a deployment's files refer to: the folder of `CONFIG`, included or extended compose files,
/// files of variables, mounted paths, and Terraform modules.
struct RelatedPlaces {
    private let deployment: Deployment
    private let root: FilePath
    private let home: FilePath?
    private(set) var places: [RelatedPlace] = []

    /// Reads the files that can contain such references.
    ///
    /// - Throws: ``CollectingError`` if one of them cannot be read.
    init(of deployment: Deployment, home: FilePath?) throws(CollectingError) {
        self.deployment = deployment
        self.home = home
        root = try PlaceOfFile.resolvedFolder(deployment.root)
        let variables = try self.variables()
        for entry in deployment.entries where !entry.isLink {
            let name = entry.path.split(separator: "/").last.map(String.init) ?? ""
            if name == ".env" {
                let own = variables[Self.folder(of: entry.path)] ?? [:]
                for (variable, value) in own.sorted(by: { $0.key.precedes($1.key) }) where variable == "CONFIG" {
                    add(value, in: entry.path, as: variable)
                }
            } else if ComposeText.isComposeFile(entry.path) {
                try readCompose(entry.path, variables: variables[Self.folder(of: entry.path)] ?? [:])
            } else if name.hasSuffix(".tf") {
                try readTerraform(entry.path)
            }
        }
        // A place inside another one is included together with it.
        let all = places
        places = all.filter { place in !all.contains { $0.path != place.path && place.path.starts(with: $0.path) } }
        var seen: Set<FilePath> = []
        places = places.filter { seen.insert($0.path).inserted }.sorted { $0.path.string.precedes($1.path.string) }
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// Returns the variables of each `.env` file, by its folder.
    private func variables() throws(CollectingError) -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        for entry in deployment.entries where entry.path == ".env" || entry.path.hasSuffix("/.env") {
            guard !entry.isLink, let bytes = try contents(of: entry.path) else { continue }
            let document = Document(path: entry.path, bytes: bytes, format: .dotenv)
            for value in document.layers.first?.values ?? [] where value.role == .value {
                guard let name = value.key else { continue }
                result[Self.folder(of: entry.path), default: [:]][name] = Self.text(of: value, in: document)
            }
        }
        return result
    }

    private mutating func readCompose(_ path: String, variables: [String: String]) throws(CollectingError) {
        guard let bytes = try contents(of: path) else { return }
        let document = Document(path: path, bytes: bytes, format: .yaml)
        for value in document.layers.first?.values ?? [] where value.role == .value {
            guard let role = Self.role(value.keyPath), let text = Self.text(of: value, in: document) else { continue }
            let whole = ComposeText.interpolated(text, variables: variables)
            let isShort = role == Self.volume && value.key != "source"
            let source = isShort ? String(whole.split(separator: ":").first ?? "") : whole
            // A single word is the name of a volume.
            if role == Self.volume && !source.hasPrefix(".") && !source.hasPrefix("/") && !source.hasPrefix("~") {
                continue
            }
            add(source, in: path, as: role)
        }
    }

    private static let volume = "a volume"

    /// Returns the role of a value in a compose file; nil if it is not a path.
    ///
    /// Source: https://github.com/compose-spec/compose-spec/blob/main/spec.md.
    private static func role(_ keys: [String]) -> String? {
        switch (keys.first, keys.count) {
        case ("include", 2...): return keys.count == 2 || keys[2] == "path" || keys[2] == "env_file" ? "include" : nil
        case ("configs", 3) where keys[2] == "file", ("secrets", 3) where keys[2] == "file": return keys[0]
        case ("services", 3...):
            switch keys[2] {
            case "env_file": return keys.count < 5 || keys.last == "path" ? "env_file" : nil
            case "extends": return keys.last == "file" ? "extends" : nil
            case "volumes": return keys.count == 4 || keys.count == 5 && keys[4] == "source" ? volume : nil
            default: return nil
            }
        default: return nil
        }
    }

    private mutating func readTerraform(_ path: String) throws(CollectingError) {
        guard let bytes = try contents(of: path) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        var isModule = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("module ") { isModule = true }
            if line.hasPrefix("}") { isModule = false }
            let words = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
            guard isModule, words.count == 3 else { continue }
            let name = words[0].filter { !$0.isWhitespace }
            // The name of a registry module does not begin with a dot.
            if name == "source=", words[1].hasPrefix(".") { add(String(words[1]), in: path, as: "a module") }
        }
    }

    /// Returns the bytes of a file; nil if it cannot be read, which is reported when it is copied.
    private func contents(of path: String) throws(CollectingError) -> [UInt8]? {
        do throws(CollectingError) {
            return try deployment.contents(of: path)
        } catch {
            guard error.code == .unreadable else { throw error }
            return nil
        }
    }

    private static func text(of value: AddressedValue, in document: Document) -> String? {
        guard let layer = document.layers.first,
            let bytes = try? document.value(at: layer.location(of: value.span))
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds a path that a file refers to, if it exists and is outside the deployment.
    private mutating func add(_ text: String, in file: String, as role: String) {
        guard !text.isEmpty, !text.contains("$") else { return }
        var path = FilePath(text)
        if text == "~" || text.hasPrefix("~/") {
            guard let home else { return }
            path = home.appending(String(text.dropFirst(2)))
        } else if path.isRelative {
            path = root.appending(Self.folder(of: file)).pushing(path)
        }
        guard let place = try? PlaceOfFile.resolvedFolder(path), !place.starts(with: root),
            let stat = try? Deployment.stat(of: place, followingLink: true),
            stat.type == .directory || stat.type == .regular
        else { return }
        places.append(RelatedPlace(path: place, file: file, role: role))
    }
}
