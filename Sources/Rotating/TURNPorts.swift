package import Documents

/// The ports on which a coturn server listens, as far as they are known.
package struct TURNPorts: Hashable, Sendable {
    /// The port of TURN over TCP and UDP; nil for the default.
    package var plain: Int?
    /// The port of TURN over TLS; nil for the default.
    package var secure: Int?

    /// The default port of STUN and TURN (RFC 8656 section 3.1).
    static let usual = 3478
    /// The default port of TURN over TLS (RFC 8656 section 3.1).
    static let usualSecure = 5349

    private static let plainSetting = "listening-port"
    private static let secureSetting = "tls-listening-port"

    /// Reads the ports from the first `turnserver.conf` among documents.
    package init(in documents: [Document]) {
        guard let document = documents.first(where: { $0.path.split(separator: "/").last == "turnserver.conf" }) else {
            return
        }
        for line in document.bytes.split(separator: UInt8(ascii: "\n")) {
            let parts = String(decoding: line, as: UTF8.self).split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            set(parts[0].filter { $0 != " " }, to: parts[1].filter { $0 != " " && $0 != "\r" })
        }
    }

    /// Reads the ports from the arguments of a program: `--listening-port=3478`, `--listening-port 3478`, `-p 3478`.
    init(arguments: [String]) {
        for (index, argument) in arguments.enumerated() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let next = index + 1 < arguments.count ? arguments[index + 1] : ""
            let name = parts.first == "-p" ? "--\(Self.plainSetting)" : parts.first ?? ""
            guard name.hasPrefix("--") else { continue }
            set(String(name.dropFirst(2)), to: parts.count == 2 ? parts[1] : next)
        }
    }

    /// Returns these ports, completed by `others`.
    func completed(by others: TURNPorts) -> TURNPorts {
        var completed = self
        completed.plain = plain ?? others.plain
        completed.secure = secure ?? others.secure
        return completed
    }

    private mutating func set(_ setting: String, to text: String) {
        guard let port = Int(text), (1...65535).contains(port) else { return }
        switch setting {
        case Self.plainSetting: plain = port
        case Self.secureSetting: secure = port
        default: break
        }
    }
}
