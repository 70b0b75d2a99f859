internal import Detecting
internal import Documents

/// Assigns each value its stand-in.
///
/// Equal values get equal stand-ins, different values different ones; all are reserved for documentation or plainly
/// placeholders.
///
/// The assignment depends only on the order of requests.
struct StandIns {
    /// The stand-ins of earlier runs, which no other value gets, and the values, which no stand-in may contain.
    var taken = TakenTexts()
    var addresses = AddressStandIns()
    private var domains = Numbering<[UInt8]>()
    private var emails = Numbering<[UInt8]>()
    private var users = Numbering<[UInt8]>()
    private var people = Numbering<[UInt8]>()
    private var phones = Numbering<[UInt8]>()
    private var projects = Numbering<[UInt8]>()
    var hosts = Numbering<[UInt8]>()
    private var networks = Numbering<[UInt8]>()
    private var places: [PlaceShape: Numbering<[UInt8]>] = [:]
    var numbers = Numbering<[UInt8]>()
    private var systems = Numbering<[UInt8]>()
    var identifiers: [IdentifierShape: Numbering<[UInt8]>] = [:]
    var numberLists = Numbering<[UInt8]>()
    var keys: [String: Numbering<[UInt8]>] = [:]
    private var placeholders: [ShapedPlaceholder: Numbering<[UInt8]>] = [:]

    /// The stand-ins given to domains and user names so far, for values that contain them.
    var domainNames: [[UInt8]: String] = [:]
    var userNames: [[UInt8]: String] = [:]
    /// The stand-ins given to phone and account numbers so far, for SIP addresses that begin with them.
    var numberNames: [[UInt8]: String] = [:]

    /// Marks a stand-in as taken.
    mutating func reserve(_ standIn: String) { taken.reserve(standIn) }

    /// Keeps a value out of the stand-ins of others.
    mutating func avoid(_ value: [UInt8]) { taken.avoid(value) }

    /// Returns the stand-in of a value.
    ///
    /// - Parameters:
    ///   - value: the value in its canonical spelling.
    ///   - kind: the kind of the value.
    ///   - rule: the id of the rule that found it.
    ///   - name: the name of its parameter, which a placeholder repeats.
    ///   - mustBeNumber: whether only a number is possible at its places.
    ///   - form: the form that its programs require; nil if unknown.
    /// - Returns: the stand-in, the same for the same value.
    /// - Throws: ``SanitizingError`` `exhausted`.
    mutating func standIn(
        for value: [UInt8],
        kind: Kind,
        rule: String,
        name: String,
        mustBeNumber: Bool,
        form: ValueForm? = nil
    ) throws(SanitizingError) -> String {
        if rule == SystemNumbers.rule, value.allSatisfy(\.isDigit) {
            return systems.text(for: value, avoiding: taken, SystemNumbers.text)
        }
        if mustBeNumber { return number(for: value) }
        if let form, kind.severity == .secret, kind != .privateKey, !Base64Key.isOne(value) {
            let shaped = ShapedPlaceholder(Self.placeholder(for: name), form: form)
            return placeholders[shaped, default: Numbering()].text(for: value, avoiding: taken, shaped.text)
        }
        switch kind {
        case .secretKey, .privateKey, .publicKey: return key(value, name: name)
        case .password, .token, .certificate, .passwordHash, .salt: return Self.placeholder(for: name)
        case .ipv4: return try ipv4(value, name: name)
        case .ipv6: return try ipv6(value, name: name)
        case .mac: return mac(value, name: name)
        case .domain: return domain(value)
        case .hostName: return host(value)
        case .email: return email(value)
        case .projectID: return projects.text(for: value, avoiding: taken) { "example-project-\($0 + 1)" }
        case .projectNumber: return number(for: value)
        case .userName: return user(value)
        case .personName: return person(value)
        case .phone: return try phone(value)
        case .homePath: return home(value)
        case .place: return place(value)
        case .timeZone: return "UTC"
        case .networkName: return networks.text(for: value, avoiding: taken) { "network\($0 + 1)" }
        case .accountID, .resourceID: return identifier(value, rule: rule, name: name)
        }
    }

    /// Returns the placeholder that names its parameter.
    static func placeholder(for name: String) -> String {
        ReservedValues.placeholderPrefix + name.replacing("_", with: "-")
    }

    // MARK: - Addresses

    private mutating func ipv4(_ value: [UInt8], name: String) throws(SanitizingError) -> String {
        guard let bytes = AddressText.ipv4(value) else { return Self.placeholder(for: name) }
        return try addresses.ipv4(bytes, avoiding: taken)
    }

    private mutating func ipv6(_ value: [UInt8], name: String) throws(SanitizingError) -> String {
        guard let bytes = AddressText.ipv6(value) else { return Self.placeholder(for: name) }
        return try addresses.ipv6(bytes, avoiding: taken)
    }

    private mutating func mac(_ value: [UInt8], name: String) -> String {
        guard let bytes = AddressText.mac(value) else { return Self.placeholder(for: name) }
        let standIn = addresses.mac(bytes, avoiding: taken)
        if value.contains(UInt8(ascii: ".")) { return AddressText.dotted(standIn) }
        return value.contains(UInt8(ascii: "-")) ? standIn.replacing(":", with: "-") : standIn
    }

    // MARK: - Names

    /// Returns the stand-in of a host name; the suffix of a private network stays.
    private mutating func host(_ value: [UInt8]) -> String {
        var suffix = HostLabels.privateSuffix(of: String(decoding: value, as: UTF8.self)) ?? ""
        // Another value must not stay as a suffix.
        if taken.holdsValue(String(suffix)) { suffix = "" }
        let name = Array(value.dropLast(suffix.utf8.count))
        return hosts.text(for: name, avoiding: taken) { "host\($0 + 1)" } + suffix
    }

    private mutating func domain(_ value: [UInt8]) -> String {
        if let known = domainNames[value] { return known }
        if let name = hostUnderDomain(value) {
            domainNames[value] = name
            return name
        }
        let names = ["example.org", "example.net", "example.com"]
        let standIn = domains.text(for: value, avoiding: taken) { number in
            number < names.count ? names[number] : "site\(number + 1).example.org"
        }
        domainNames[value] = standIn
        return standIn
    }

    /// Returns the stand-in of a domain with labels of a host in front: the labels that are names are replaced, and the
    /// others stay.
    private mutating func hostUnderDomain(_ value: [UInt8]) -> String? {
        guard let base = HostLabels.domain(behindHost: value) else { return nil }
        let labels = value.dropLast(base.utf8.count).split(separator: UInt8(ascii: "."))
        let names = labels.map { label in
            let text = String(decoding: label, as: UTF8.self)
            if let user = userNames[Array(label)] { return user }
            guard HostLabels.isName(text) || taken.holdsValue(text) else { return text }
            return hosts.text(for: Array(label), avoiding: taken) { "host\($0 + 1)" }
        }
        return (names + [domain(Array(base.utf8))]).joined(separator: ".")
    }

    private mutating func email(_ value: [UInt8]) -> String {
        let domain = standInDomain(of: value)
        // A login followed by a domain is that login: `bo@meet.test` if `bo` is a user.
        let localPart = Array(value.prefix { $0 != UInt8(ascii: "@") })
        if let user = userNames[localPart] ?? numberNames[localPart] { return "\(user)@\(domain)" }
        return emails.text(for: value, avoiding: taken) { "contact\($0 + 1)@\(domain)" }
    }

    /// Returns the stand-in of an email address's domain.
    private func standInDomain(of address: [UInt8]) -> String {
        guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return "example.com" }
        let domain = Array(address[(at + 1)...])
        for start in domain.indices where start == 0 || domain[start - 1] == UInt8(ascii: ".") {
            if let known = domainNames[Array(domain[start...])] {
                let name = String(decoding: domain[..<start], as: UTF8.self) + known
                // A label that is itself a value, such as the name of a machine, is dropped.
                return taken.holdsValue(name) ? known : name
            }
        }
        return "example.com"
    }

    private mutating func user(_ value: [UInt8]) -> String {
        if let known = userNames[value] { return known }
        let standIn = users.text(for: value, avoiding: taken) { "user\($0 + 1)" }
        userNames[value] = standIn
        return standIn
    }

    /// Returns the stand-in of a person's name; one word stays one word, because a blank might end it at its places.
    private mutating func person(_ value: [UInt8]) -> String {
        guard value.contains(UInt8(ascii: " ")) else {
            return people.text(for: value, avoiding: taken) { "User-\($0 + 1)" }
        }
        let numerals = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
        return people.text(for: value, avoiding: taken) { number in
            number < numerals.count ? "User \(numerals[number])" : "User \(number + 1)"
        }
    }

    private mutating func home(_ value: [UInt8]) -> String {
        let text = String(decoding: value, as: UTF8.self)
        guard let slash = text.lastIndex(of: "/") else { return "/home/" + user(value) }
        return String(text[...slash]) + user(Array(text[text.index(after: slash)...].utf8))
    }

    /// Returns the stand-in of a place.
    ///
    /// Coordinates stay coordinates of the same form, far from any land. A code of digits stays one.
    private mutating func place(_ value: [UInt8]) -> String {
        let shape = PlaceShape(of: value)
        return places[shape, default: Numbering()].text(for: value, avoiding: taken) { shape.invented($0 + 1) }
    }

    private mutating func phone(_ value: [UInt8]) throws(SanitizingError) -> String {
        guard phones.count < PhoneStandIn.limit else {
            throw SanitizingError(.exhausted, "there are more phone numbers than in the reserved ranges")
        }
        let standIn = phones.text(for: PhoneStandIn.subscriber(value), avoiding: taken) {
            PhoneStandIn.text($0, like: value)
        }
        numberNames[value] = standIn
        return standIn
    }

    /// Takes over a phone number's stand-in, so that other spellings of the number get the same one.
    mutating func adoptPhone(_ standIn: [UInt8], for value: [UInt8]) {
        if let number = PhoneStandIn.number(standIn) { phones.adopt(PhoneStandIn.subscriber(value), number: number) }
    }
}
