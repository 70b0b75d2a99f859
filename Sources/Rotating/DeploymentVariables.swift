internal import Detecting
package import Documents

/// The values that a deployment's files give to the variables in the catalogue's templates: domains, users, the
/// release.
package struct DeploymentVariables: Sendable {
    /// The values by name.
    package private(set) var values: [String: String] = [:]

    static let releaseName = "JITSI_IMAGE_VERSION"

    /// Reads the variables from documents.
    ///
    /// The first value counts, and the variable's own name takes precedence over its name in another format.
    package init(in documents: [Document], catalogue: Catalogue) {
        let templates = catalogue.settings.compactMap(\.account) + catalogue.settings.compactMap(\.proof)
        let names = Set(templates.flatMap { Self.names(in: $0) }).union([Self.releaseName, "TURN_TTL"])
        var others: [String: String] = [:]
        for document in documents where StrayCopy(path: document.path) == nil && !document.isExample {
            for setting in document.settingValues where !setting.isReference && !setting.value.isEmpty {
                let text = String(decoding: setting.value, as: UTF8.self)
                if let name = setting.keyPath.last, names.contains(name) {
                    if values[name] == nil { values[name] = text }
                } else {
                    for name in catalogue.variables(at: SettingPath(setting.keyPath)) where others[name] == nil {
                        others[name] = text
                    }
                }
            }
        }
        values.merge(others) { own, _ in own }
    }

    /// How long a TURN server should accept two secrets, in seconds: TURN_TTL.
    package var overlap: Int { values["TURN_TTL"].flatMap { Int($0) } ?? Self.usualOverlap }

    /// The default of TURN_TTL in seconds: a day.
    package static let usualOverlap = 86_400

    /// Returns these variables, completed by `others`.
    package func completed(by others: [String: String]) -> DeploymentVariables {
        var completed = self
        completed.values.merge(others.filter { !$0.value.isEmpty }) { own, _ in own }
        return completed
    }

    /// Replaces every `${NAME:-default}` in a text with the variable's value or the default.
    ///
    /// In `${A|B:-default}` the first variable with a value counts.
    package func resolved(_ template: String) -> String {
        Self.parts(of: template).map { part in
            switch part {
            case .text(let text): text
            case .setting(let names, let fallback): names.lazy.compactMap { values[$0] }.first ?? fallback
            }
        }.joined()
    }

    /// Returns the names of the variables in a template.
    static func names(in template: String) -> [String] {
        parts(of: template).flatMap { part in
            guard case .setting(let names, _) = part else { return [String]() }
            return names
        }
    }

    /// A part of a template.
    private enum Part {
        case text(String)
        case setting(names: [String], fallback: String)
    }

    private static func parts(of template: String) -> [Part] {
        var parts: [Part] = []
        var rest = template[...]
        while let start = rest.firstIndex(of: "$"), let end = rest[start...].firstIndex(of: "}") {
            parts.append(.text(String(rest[..<start])))
            let inner = rest[start..<end].dropFirst("${".count)
            let name = inner.prefix { $0 != ":" }
            let fallback = String(inner.dropFirst(name.count + ":-".count))
            parts.append(.setting(names: name.split(separator: "|").map(String.init), fallback: fallback))
            rest = rest[rest.index(after: end)...]
        }
        return parts + [.text(String(rest))]
    }
}
