/// Finds the name of a project with which the names of its resources begin: `wrenrocks` of `wrenrocks-web`,
/// `wrenrocks-db` and `wrenrocks-assets`.
///
/// If only the bucket is replaced, its siblings still tell what it was called.
enum ResourceStem {
    /// The minimum number of resources that share a stem.
    private static let fewestResources = 3
    private static let shortestStem = 6
    private static let shortestWord = 4

    /// The stems of the names of resources, in order.
    private static func stems(of resources: Set<NamedResource>) -> [String] {
        var sharing: [String: Set<NamedResource>] = [:]
        for resource in resources {
            for stem in beginnings(of: resource.name) { sharing[stem, default: []].insert(resource) }
        }
        let telling = sharing.filter { stem, sharing in
            Set(sharing.map(\.address)).count >= fewestResources && Set(sharing.map(\.name)).count > 1
                && isTelling(stem, isOwned: sharing.contains(where: \.isUnique))
        }
        // `wren-rocks` is enough for `wren-rocks-web`, and `wren` is not enough if all of them go on with `rocks`.
        return telling.keys.filter { stem in
            !telling.contains { other, sharing in
                other != stem
                    && (stem.hasPrefix(other) && sharing.count > telling[stem]?.count ?? 0
                        || other.hasPrefix(stem) && sharing.count == telling[stem]?.count && !endsInGeneric(other))
            }
        }.sorted()
    }

    /// Returns what a name begins with: one to three of its words.
    private static func beginnings(of name: String) -> [String] {
        name.indices.filter { "-_.".contains(name[$0]) }.prefix(3).map { String(name[..<$0]) } + [name]
    }

    /// Whether a stem is somebody's name rather than what resources do; words in general use count only if one of the
    /// resources must have a name that nobody else has.
    private static func isTelling(_ stem: String, isOwned: Bool) -> Bool {
        guard stem.utf8.count >= shortestStem else { return false }
        let words = stem.split { $0 == "-" || $0 == "_" }.map(String.init)
        let lists = WordLists.builtIn
        let own = words.filter {
            $0.utf8.count >= shortestWord && !lists.isGenericName($0) && !ReservedValues.builtIn.isProduct($0)
                && !ReservedValues.builtIn.contains($0.utf8, kind: .projectID)
        }
        if own.contains(where: { !lists.isCommonWord($0) && !lists.isServiceLabel($0) }) { return true }
        return isOwned && words.count > 1 && own.count == words.count
    }

    private static func endsInGeneric(_ stem: String) -> Bool {
        guard let word = stem.split(whereSeparator: { $0 == "-" || $0 == "_" }).last else { return true }
        return WordLists.builtIn.isGenericName(String(word)) || WordLists.builtIn.isServiceLabel(String(word))
    }

    /// The values to search for.
    static func values(of resources: Set<NamedResource>, rule: String) -> [KnownValue] {
        stems(of: resources).map { KnownValue(Array($0.utf8), kind: .projectID, rule: rule, confidence: .medium) }
    }
}
