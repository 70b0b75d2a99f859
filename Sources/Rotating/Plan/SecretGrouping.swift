internal import Detecting
internal import Documents

/// Sorts the known settings of a tree by the values that they hold.
///
/// Places of one value stay places of one value, and different values stay different: what agreed before a rotation
/// agrees after it, and nothing else does.
struct SecretGrouping {
    /// One value, and the settings that hold it.
    struct Group {
        var value: [UInt8]
        var settings: Set<String>
        var places: [KnownSetting]

        /// The value, and what else stands for it in a file.
        var spellings: [[UInt8]] {
            var spellings = [value]
            for place in places where !spellings.contains(place.value) { spellings.append(place.value) }
            return spellings
        }
    }

    private(set) var groups: [Group] = []

    init(_ settings: [KnownSetting]) {
        var indices: [[UInt8]: Int] = [:]
        // Names first: what an alias may stand for is known by the value that it has under a name.
        for setting in settings.filter(\.isName) + settings.filter({ !$0.isName }) {
            let index = indices[setting.meaning] ?? groups.count
            if index == groups.count {
                groups.append(Group(value: setting.meaning, settings: [], places: []))
                indices[setting.meaning] = index
            }
            groups[index].places.append(setting)
            let names = setting.settings.map(\.name)
            if names.allSatisfy({ !groups[index].settings.contains($0) }) { groups[index].settings.insert(names[0]) }
        }
        groups = groups.flatMap(Self.splitIfCommon)
    }

    /// How many values a setting has.
    func valueCount(of name: String) -> Int { groups.count { $0.settings.contains(name) } }

    /// A word like `admin` says nothing about whose it is: two settings that hold it do not share a secret.
    private static func splitIfCommon(_ group: Group) -> [Group] {
        guard group.settings.count > 1, isCommon(group.value) else { return [group] }
        return group.settings.sorted().map { name in
            Group(
                value: group.value,
                settings: [name],
                places: group.places.filter { $0.settings.contains { $0.name == name } }
            )
        }
    }

    /// Whether a value is too common to be searched for.
    static func isCommon(_ value: [UInt8]) -> Bool { known(value).matching == .placeOnly }

    /// The value of a known setting, as propagation takes it.
    static func known(_ value: [UInt8], kind: Kind = .secretKey) -> KnownValue {
        KnownValue(value, kind: kind, rule: "catalogue", confidence: .high)
    }
}
