internal import Documents

/// An account of a Prosody server, as named by its file in the data folder.
struct ProsodyAccount: Hashable {
    /// The part before the `@`.
    var user: String
    /// The virtual host.
    var host: String
    /// The path of the file, relative to the root of the deployment.
    var path: String

    /// The address.
    var address: String { "\(user)@\(host)" }

    /// Parses `…/HOST/accounts/USER.dat`, in which everything but letters and digits is percent-encoded; nil for any
    /// other path.
    init?(path: String) {
        let components = path.split(separator: "/")
        guard components.count >= 3, let file = components.last, file.hasSuffix(".dat"),
            components[components.count - 2] == "accounts",
            let host = Self.decoded(components[components.count - 3]),
            let user = Self.decoded(file.dropLast(".dat".count))
        else { return nil }
        self.user = user
        self.host = host
        self.path = path
    }

    /// Returns a host or user in Prosody's spelling for paths: percent-encoded except for ASCII letters and digits.
    static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            byte.isAlphanumeric
                ? String(Unicode.Scalar(byte)) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
        }.joined()
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
