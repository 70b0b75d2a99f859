internal import CEmbeddedData

/// The files of `Data`, compiled into the program.
enum EmbeddedData {
    /// The files of rules, in the order in which they are tried; if two rules are about the same setting, the first
    /// decides.
    static var rules: [[UInt8]] {
        unsafe [
            bytes(of: embedded_jitsi_rules),
            bytes(of: embedded_settings_rules),
            bytes(of: embedded_secrets_rules),
            bytes(of: embedded_stores_rules),
            bytes(of: embedded_addresses_rules),
            bytes(of: embedded_accounts_rules),
            bytes(of: embedded_machines_rules),
            bytes(of: embedded_people_rules),
            bytes(of: embedded_devices_rules),
            bytes(of: embedded_logins_rules),
            bytes(of: embedded_commands_rules),
            bytes(of: embedded_programs_rules),
            bytes(of: embedded_defaults_rules),
            bytes(of: embedded_calls_rules),
            bytes(of: embedded_told_rules),
            bytes(of: embedded_forms_rules),
            bytes(of: embedded_arguments_rules),
            bytes(of: embedded_sentences_rules),
            bytes(of: embedded_customers_rules),
            bytes(of: embedded_services_rules),
            bytes(of: embedded_tokens_rules),
        ]
    }

    /// The rules about the formats of the tokens and keys of services.
    static var tokens: [UInt8] { unsafe bytes(of: embedded_tokens_rules) }
    static var timeZones: [UInt8] { unsafe bytes(of: embedded_time_zones) }
    static var commonWords: [UInt8] { unsafe bytes(of: embedded_common_words) }
    static var documentedDefaults: [UInt8] { unsafe bytes(of: embedded_documented_defaults) }
    static var genericNames: [UInt8] { unsafe bytes(of: embedded_generic_names) }
    static var mailProviders: [UInt8] { unsafe bytes(of: embedded_mail_providers) }
    static var publicServices: [UInt8] { unsafe bytes(of: embedded_public_services) }
    static var publicValues: [UInt8] { unsafe bytes(of: embedded_public_values) }
    static var reserved: [UInt8] { unsafe bytes(of: embedded_reserved) }
    static var roleWords: [UInt8] { unsafe bytes(of: embedded_role_words) }
    static var softwareDomains: [UInt8] { unsafe bytes(of: embedded_software_domains) }
    static var tenantSuffixes: [UInt8] { unsafe bytes(of: embedded_tenant_suffixes) }
    static var topLevelDomains: [UInt8] { unsafe bytes(of: embedded_top_level_domains) }
    static var topLevelWords: [UInt8] { unsafe bytes(of: embedded_top_level_words) }
    static var upstreamLines: [UInt8] { unsafe bytes(of: embedded_upstream_lines) }
    static var valueForms: [UInt8] { unsafe bytes(of: embedded_value_forms) }

    private static func bytes(of file: embedded_file) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
