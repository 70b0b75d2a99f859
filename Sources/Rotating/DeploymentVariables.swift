package import Documents

/// What the files of a deployment set of the variables that the catalogue's templates name: domains, users, the release.
package struct DeploymentVariables: Sendable {
    /// The values by name.
    package private(set) var values: [String: String] = [:]

    private static let releaseName = "JITSI_IMAGE_VERSION"

    /// Reads the variables from documents; the first that sets one counts.
    package init(in documents: [Document], catalogue: Catalogue) {
        let templates = catalogue.settings.compactMap(\.account) + catalogue.settings.compactMap(\.proof)
        let names = Set(templates.flatMap { Self.names(in: $0) }).union([Self.releaseName, "TURN_TTL"])
        for document in documents where StrayCopy(path: document.path) == nil && !document.isExample {
            for setting in document.settingValues where !setting.isReference {
                guard let name = setting.keyPath.last, names.contains(name), values[name] == nil else { continue }
                values[name] = String(decoding: setting.value, as: UTF8.self)
            }
        }
    }

    /// The release of the images, where the files name it.
    var release: Release? { values[Self.releaseName].flatMap { Release($0) } }

    /// How long a TURN server should accept two secrets, in seconds: TURN_TTL.
    package var overlap: Int { values["TURN_TTL"].flatMap { Int($0) } ?? Self.usualOverlap }

    /// TURN_TTL where it is not set: a day.
    package static let usualOverlap = 86_400

    /// The port that a configuration of coturn among the documents names.
    package static func turnPort(in documents: [Document]) -> Int? {
        for document in documents where document.path.hasSuffix("turnserver.conf") {
            for line in document.bytes.split(separator: UInt8(ascii: "\n")) {
                let parts = String(decoding: line, as: UTF8.self).split(separator: "=", maxSplits: 1)
                let name = parts.first.map { $0.filter { $0 != " " } }
                guard parts.count == 2, name == "listening-port" else { continue }
                return Int(parts[1].filter { $0 != " " })
            }
        }
        return nil
    }

    /// These variables, and those of `others` that are not among them.
    package func completed(by others: [String: String]) -> DeploymentVariables {
        var completed = self
        completed.values.merge(others.filter { !$0.value.isEmpty }) { own, _ in own }
        return completed
    }

    /// A text with every `${NAME:-default}` replaced by what is set, or else by the default.
    package func resolved(_ template: String) -> String {
        Self.parts(of: template).map { part in
            switch part {
            case .text(let text): text
            case .setting(let name, let fallback): values[name] ?? fallback
            }
        }.joined()
    }

    /// The names of the variables in a template.
    static func names(in template: String) -> [String] {
        parts(of: template).compactMap { part in
            guard case .setting(let name, _) = part else { return nil }
            return name
        }
    }

    /// A part of a template.
    private enum Part {
        case text(String)
        case setting(name: String, fallback: String)
    }

    private static func parts(of template: String) -> [Part] {
        var parts: [Part] = []
        var rest = template[...]
        while let start = rest.firstIndex(of: "$"), let end = rest[start...].firstIndex(of: "}") {
            parts.append(.text(String(rest[..<start])))
            let inner = rest[start..<end].dropFirst("${".count)
            let name = String(inner.prefix { $0 != ":" })
            parts.append(.setting(name: name, fallback: String(inner.dropFirst(name.count + ":-".count))))
            rest = rest[rest.index(after: end)...]
        }
        return parts + [.text(String(rest))]
    }
}
