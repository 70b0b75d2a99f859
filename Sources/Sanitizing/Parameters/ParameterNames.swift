internal import Detecting
internal import Documents

/// Assigns each parameter a unique public name, made from the settings that hold its value.
struct ParameterNames {
    private var taken: Set<String> = []
    /// The last number used with each base name.
    private var numbers: [String: Int] = [:]
    /// The texts that no name may contain: the values, and the words of identifying values.
    private let forbidden: NeedleSearch
    /// Values too short for that, which must not be a whole word of a name.
    private let forbiddenWords: Set<String>

    /// Prepares to name the parameters of `values`.
    init(values: [(bytes: [UInt8], kind: Kind)]) {
        var forbidden: Set<String> = []
        var forbiddenWords: Set<String> = []
        for value in values {
            let text = Self.normalized(String(decoding: value.bytes, as: UTF8.self))
            if text.utf8.count >= Self.shortestForbidden { forbidden.insert(text) } else { forbiddenWords.insert(text) }
            guard Self.kindsOfNames.contains(value.kind) else { continue }
            for word in text.split(separator: "_") where word.utf8.count >= Self.shortestForbidden {
                if !Self.ordinaryWords.contains(String(word)) { forbidden.insert(String(word)) }
            }
        }
        self.forbiddenWords = forbiddenWords
        self.forbidden = NeedleSearch(
            forbidden.map { .init(bytes: Array($0.utf8), value: 0, form: "", boundary: .none) }
        )
    }

    /// Names a value after the first usable one of `keys`, or after its kind.
    ///
    /// - Parameters:
    ///   - keys: the keys of the settings that consist of the value, the most informative first.
    ///   - kind: the kind of the value.
    ///   - isPrivate: whether an address belongs to a private network.
    /// - Returns: a name that was not given before.
    mutating func name(keys: [String], kind: Kind, isPrivate: Bool) -> String {
        let base = keys.lazy.compactMap(usable).first ?? Self.name(of: kind, isPrivate: isPrivate)
        var name = base
        var number = numbers[base, default: 1]
        while !taken.insert(name).inserted {
            number += 1
            name = "\(base)_\(number)"
        }
        numbers[base] = number
        return name
    }

    /// Whether a name from an earlier run is still allowed: it is made from the kind, or contains none of the current
    /// values.
    func allows(_ name: String, for kind: Kind) -> Bool {
        let ofKind = [true, false].map { Self.name(of: kind, isPrivate: $0) }
        let number = name.utf8.reversed().prefix { $0.isDigit }.count
        let base = String(name.dropLast(number)).trimming("_")
        return ofKind.contains(name) || ofKind.contains(base)
            || !holdsValue(name)
    }

    private func holdsValue(_ name: String) -> Bool {
        name.split(separator: "_").contains { forbiddenWords.contains(String($0)) }
            || !forbidden.matches(in: Array(name.utf8)).asWritten.isEmpty
    }

    /// Marks a name as taken.
    mutating func reserve(_ name: String) { taken.insert(name) }

    /// A short description of a value of `kind`.
    static func words(for kind: Kind, isPrivate: Bool) -> String {
        name(of: kind, isPrivate: isPrivate).replacing("_", with: " ")
    }

    private static let shortestForbidden = 4
    private static let longestName = 48
    /// The kinds of values made of words that identify their owner.
    private static let kindsOfNames: Set<Kind> = [
        .domain, .email, .homePath, .personName, .place, .projectID, .userName,
    ]
    /// Words of identifying values that do not identify their owner.
    private static let ordinaryWords: Set<String> = [
        "mail", "meet", "home", "user", "users", "test", "project", "cloud", "server", "host", "admin", "root",
        "auth", "turn", "video", "bridge", "prod", "staging", "internal", "local", "network", "address",
        "jitsi", "prosody", "jicofo", "jigasi", "jibri", "recorder", "transcriber", "password", "secret", "token",
        "example",
    ]

    private func usable(_ key: String) -> String? {
        let name = Self.normalized(key)
        guard let first = name.utf8.first, first.isLowercaseLetter else { return nil }
        guard name.utf8.count > 1, name.utf8.count <= Self.longestName else { return nil }
        return holdsValue(name) ? nil : name
    }

    /// Returns lower-case words joined by underscores; camel case is split.
    static func normalized(_ key: String) -> String {
        var words: [UInt8] = []
        var previous: UInt8 = UInt8(ascii: "_")
        for byte in key.utf8 {
            if !byte.isAlphanumeric {
                if words.last != UInt8(ascii: "_") { words.append(UInt8(ascii: "_")) }
            } else {
                if byte.isUppercaseLetter && previous.isLowercaseLetter { words.append(UInt8(ascii: "_")) }
                words.append(byte.lowercasedASCII)
            }
            previous = byte
        }
        return String(decoding: words, as: UTF8.self).trimming("_")
    }

    private static func name(of kind: Kind, isPrivate: Bool) -> String {
        switch kind {
        case .password: "password"
        case .token: "token"
        case .secretKey: "secret_key"
        case .privateKey: "private_key"
        case .publicKey: "public_key"
        case .certificate: "certificate"
        case .passwordHash: "password_hash"
        case .salt: "salt"
        case .ipv4: isPrivate ? "private_address" : "public_address"
        case .ipv6: "ipv6_address"
        case .mac: "hardware_address"
        case .domain: "public_domain"
        case .hostName: "host_name"
        case .email: "email"
        case .projectID: "project_id"
        case .projectNumber: "project_number"
        case .userName: "user_name"
        case .personName: "person_name"
        case .phone: "phone_number"
        case .homePath: "home_path"
        case .accountID: "account_id"
        case .resourceID: "resource_id"
        case .networkName: "network_name"
        case .place: "place"
        case .timeZone: "time_zone"
        }
    }
}

extension String {
    fileprivate func trimming(_ character: Character) -> String {
        var rest = self[...]
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return String(rest)
    }
}
