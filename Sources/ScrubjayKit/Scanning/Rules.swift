internal import Detecting
internal import Rotating
internal import Sanitizing

/// Joins the general detection rules with those for the Jitsi settings in the catalogue.
enum Rules {
    /// Returns the built-in rules, and one for each setting of the catalogue.
    ///
    /// Rules from `store` have no examples.
    ///
    /// - Throws: ``RotationError`` if the catalogue cannot be read.
    static func standard(store: (any CompiledStore)? = nil) throws -> RuleSet {
        let settings = try RuleSet.settings(madeFrom: Catalogue.jitsiSource, store: store) {
            try Self.settings().map { ($0.rule.settings[0], $0.rule.kind, $0.rule.summary) }
        }
        return (store.map(RuleSet.builtIn(store:)) ?? RuleSet.builtIn).adding(settings)
    }

    /// Returns the owner's rules, followed by the standard ones.
    ///
    /// - Throws: ``PolicyError`` if a rule of the owner has the id of another; ``RotationError``.
    static func standard(with policy: PolicyFile, store: (any CompiledStore)? = nil) throws -> RuleSet {
        let rules = try standard(store: store)
        for rule in policy.rules where rules.rule(rule.id) != nil || rule.id == Decisions.wordRule {
            throw PolicyError(
                at: PolicyFile.name,
                rule: rule.id,
                "its id is that of a built-in rule"
            )
        }
        return rules.adding(policy.rules + policy.wordRules + RuleSet.timeZones(of: policy))
    }

    /// Returns how fresh values are generated: as the catalogue defines for its settings, and in the same form for
    /// other secrets made of hexadecimal digits.
    static func generators() throws -> Sanitizer.GeneratorChoice {
        var changes: [String: Catalogue.Setting.Change] = [:]
        for (setting, rule) in try settings() { changes[rule.id] = setting.change }
        return { [changes] rules, value in
            // A token is issued by the service that it gives access to.
            guard value.kind == .password || value.kind == .secretKey else { return nil }
            let known = rules.compactMap { changes[$0] }
            // A value that another party must know cannot be generated, even if other settings hold it as well.
            if known.contains(.issued) || known.contains(.elsewhere) { return nil }
            if !known.isEmpty { return .hex(bytes: Self.standardSize) }
            let isHex = value.bytes.count >= 16 && value.bytes.count % 2 == 0 && value.bytes.allSatisfy(Self.isHexDigit)
            return isHex ? .hex(bytes: value.bytes.count / 2) : nil
        }
    }

    /// The number of random bytes in a secret, as in `gen-passwords.sh` of docker-jitsi-meet.
    private static let standardSize = 16

    private static func settings() throws -> [(setting: Catalogue.Setting, rule: Rule)] {
        try Catalogue.jitsi().settings.compactMap { setting in
            guard let kind = setting.holds, setting.isVariable else { return nil }
            return (setting, Rule(setting: setting.name, kind: kind, summary: setting.summary))
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
