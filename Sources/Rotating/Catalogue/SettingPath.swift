internal import Documents

/// The keys that lead to a value, in a spelling that is the same for every format.
///
/// `jvb-auth-password` in a template, `JVB_AUTH_PASSWORD` in an environment and `jvbAuthPassword` in JSON are one key.
/// The dots of a properties key separate keys like nesting.
struct SettingPath: Hashable {
    /// The keys from the outermost to the innermost.
    let keys: [String]

    /// Makes a path; the last keys of Terraform (`variable "x" { default = … }`) and of schemas are dropped, because
    /// they do not name a setting.
    init(_ keyPath: [String]) {
        var keys = keyPath.flatMap(Self.keys(of:))
        while let last = keys.last, Self.valueKeys.contains(last), keys.count > 1 { keys.removeLast() }
        self.keys = keys
    }

    var lastKey: String? { keys.last }

    private static let valueKeys: Set<String> = ["value", "default"]

    fileprivate static func keys(of text: String) -> [String] {
        text.split(separator: ".").map { key in
            String(decoding: key.utf8.compactMap(Self.normalized), as: UTF8.self)
        }
    }

    private static func normalized(_ byte: UInt8) -> UInt8? {
        if "-_".utf8.contains(byte) { return nil }
        return byte.isUppercaseLetter ? byte | 0x20 : byte
    }

    /// The last keys of a setting's paths; `*` matches any one key.
    struct Pattern: Hashable, Sendable {
        private let keys: [String]

        init(_ text: String) { keys = SettingPath.keys(of: text) }

        /// The number of keys.
        var count: Int { keys.count }

        /// The innermost key, which is never `*`.
        var lastKey: String { keys.last ?? "" }

        func matches(_ path: SettingPath) -> Bool {
            guard keys.count <= path.keys.count else { return false }
            return zip(keys.reversed(), path.keys.reversed()).allSatisfy { key, other in key == "*" || key == other }
        }
    }
}
