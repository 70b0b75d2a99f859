internal import Detecting
internal import Documents

/// Groups the known settings of a tree by their values.
///
/// Equal values stay equal and different values stay different, so the same places agree after a rotation as before.
struct SecretGrouping {
    /// A value and the settings that hold it.
    struct Group {
        var value: [UInt8]
        var settings: Set<String>
        var places: [KnownSetting]

        /// The value and its other representations in a file.
        var spellings: [[UInt8]] {
            var spellings = [value]
            for place in places where !spellings.contains(place.value) { spellings.append(place.value) }
            return spellings
        }
    }

    private(set) var groups: [Group] = []

    init(_ settings: [KnownSetting]) {
        var indices: [[UInt8]: Int] = [:]
        // Names come first: an ambiguous alias is resolved by comparing its value with the values under the settings'
        // own names.
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

    /// Returns the number of values of a setting.
    func valueCount(of name: String) -> Int { groups.count { $0.settings.contains(name) } }

    /// Splits a group whose value is a common word such as `admin`: two settings with that value do not share a secret.
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

    /// Returns the value of a known setting in the form that propagation searches for.
    static func known(_ value: [UInt8], kind: Kind = .secretKey) -> KnownValue {
        KnownValue(value, kind: kind, rule: "catalogue", confidence: .high)
    }
}
