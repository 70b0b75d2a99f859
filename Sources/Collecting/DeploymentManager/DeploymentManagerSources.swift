internal import Documents

/// The sources of Deployment Manager deployments, from their manifests.
///
/// A manifest holds every property three times: as its owner wrote it, with its structure, and expanded. The last two
/// follow from the first.
struct DeploymentManagerSources {
    /// The files.
    let parts: [CollectedPart]

    init(_ inventory: CloudInventory) {
        var parts: [CollectedPart] = []
        var folders: Set<String> = []
        for manifest in inventory.all(.manifest) {
            var folder = "deployment-manager/" + Self.deployment(of: manifest)
            if !folders.insert(folder).inserted {
                folder += "-" + manifest.name
                folders.insert(folder)
            }
            let config = manifest.value["config"]?["content"]?.scalar ?? ""
            parts.append(Self.part("\(folder)/deployment.yaml", config, manifest))
            var names: Set<String> = ["deployment.yaml"]
            for file in manifest.value["imports"]?.elements ?? [] {
                guard let name = file["name"]?.scalar, let content = file["content"]?.scalar,
                    let path = Self.safe(name),
                    names.insert(path).inserted
                else { continue }
                parts.append(Self.part("\(folder)/\(path)", content, manifest))
            }
        }
        self.parts = parts
    }

    private static func part(_ path: String, _ text: String, _ manifest: CloudResource) -> CollectedPart {
        CollectedPart(path: path, bytes: Array(text.utf8), origin: "\(manifest.origin): \(manifest.name)")
    }

    private static func deployment(of manifest: CloudResource) -> String {
        let parts = manifest.path.split(separator: "/")
        guard let index = parts.firstIndex(of: "deployments"), index + 1 < parts.count else { return manifest.name }
        return safe(String(parts[index + 1])) ?? manifest.name
    }

    /// Returns the name of an import as a path inside its folder; nil if that is impossible.
    private static func safe(_ name: String) -> String? {
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains(".."), !name.utf8.contains(0) else { return nil }
        return parts.joined(separator: "/")
    }
}
