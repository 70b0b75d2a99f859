/// A table with one record per line whose fields are not named in the file: the fields' names and their separator.
struct FieldTable: Sendable {
    /// The meaning of a field.
    enum Field: Sendable {
        /// A value.
        case value(String)
        /// The name of an account, as `user`, or as `service` if the field at the index `evidence` shows that the
        /// machine made it for a program.
        case account(evidence: Int)
        /// Values separated by commas.
        case list(String)
        /// The logins of a group's members, separated by commas; in a group with a number below 1000, a member with the
        /// group's own name is a program's account.
        case members(name: Int, number: Int)
        /// A full name, followed by room and phone numbers as set by `chfn`, separated by commas.
        case gecos
        /// A password or its hash; `x`, `*` and exclamation marks mean that there is none.
        case password(String)
        /// Options separated by commas, some with a value: `credentials=/root/x,uid=1000`.
        case options
        /// A host to which a folder is exported, with options in parentheses.
        case client
        /// `user:password`.
        case login
        /// A field without meaning.
        case unnamed
    }

    /// The separator of fields.
    enum Separator: Sendable { case colon, escapedColon, blanks }

    /// The outermost key of every value.
    var name: String
    var separator: Separator
    var fields: [Field]
    /// Whether the last field repeats.
    var repeatsLast = false
    /// The minimum number of fields in a record.
    var shortest = 1
    /// The fields of a record that is shorter.
    var fallback: [Field] = []

    private static func colons(_ name: String, _ fields: [Field], shortest: Int = 2, fallback: [Field] = []) -> Self {
        FieldTable(name: name, separator: .colon, fields: fields, shortest: shortest, fallback: fallback)
    }

    private static func blanks(_ name: String, _ fields: [Field], repeatsLast: Bool = false) -> Self {
        FieldTable(name: name, separator: .blanks, fields: fields, repeatsLast: repeatsLast)
    }

    /// `passwd(5)`; a two-field file of that name is a password file of nginx, Mosquitto or similar programs.
    static let passwd = colons(
        "passwd",
        [
            .account(evidence: 2), .password("password"), .value("uid"), .value("gid"), .gecos, .value("home"),
            .value("shell"),
        ],
        shortest: 6,
        fallback: [.value("user"), .password("hash")]
    )

    /// htpasswd(1): user names and hashes.
    private static let hashes = colons("htpasswd", [.value("user"), .password("hash")])

    /// chpasswd(8) and similar lists: user names and passwords.
    private static let logins = colons("logins", [.value("user"), .password("password")])

    /// Returns the table format of a file, judging by its name; nil if there is none.
    static func of(_ name: FileName) -> FieldTable? {
        if let table = byName[name.base == "pgpass" ? ".pgpass" : name.base] { return table }
        switch name.fileExtension {
        case "htpasswd", "passwd": return hashes
        case "chpasswd": return logins
        case "pgpass": return byName[".pgpass"]
        default: break
        }
        if name.base == "secrets", name.folder == "mail" || name.folder == "smtpd" { return byName["sasl_passwd"] }
        if name.folder == "postfix" || name.folder == "maps", postfixMaps.contains(name.base) { return postfixMap }
        return name.folder == "exports.d" ? byName["exports"] : nil
    }

    private static let byName: [String: FieldTable] = [
        "passwd": passwd,
        "master.passwd": colons(
            "passwd",
            [
                .account(evidence: 2), .password("hash"), .value("uid"), .value("gid"), .unnamed, .unnamed, .unnamed,
                .gecos,
                .value("home"), .value("shell"),
            ],
            shortest: 10
        ),
        // shadow(5), gshadow(5), group(5), subuid(5)
        "shadow": colons("shadow", [.account(evidence: 1), .password("hash")]),
        "gshadow": colons("gshadow", [.value("group"), .password("hash"), .list("admin"), .list("member")]),
        "group": colons(
            "group",
            [.value("group"), .password("password"), .value("gid"), .members(name: 0, number: 2)]
        ),
        "subuid": colons("subuid", [.value("user"), .unnamed, .unnamed]),
        "subgid": colons("subgid", [.value("user"), .unnamed, .unnamed]),
        // rsyncd.conf(5), hostapd's "wpa_psk", racoon(8), OpenSMTPD's table(5)
        "rsyncd.secrets": logins, "hostapd.wpa_psk": stationKeys, "wpa_psk": stationKeys,
        "psk.txt": blanks("racoon", [.value("host"), .value("psk")]),
        ".htpasswd": hashes, "htpasswd": hashes, "chpasswd": logins, "chpasswd.txt": logins, "users.txt": logins,
        "credentials.txt": logins, "passwords.txt": logins, "logins.txt": logins, "accounts.txt": logins,
        ".htdigest": colons("htdigest", [.value("user"), .value("realm"), .password("hash")]),
        "htdigest": colons("htdigest", [.value("user"), .value("realm"), .password("hash")]),
        // aliases(5)
        "aliases": colons("aliases", [.value("name"), .list("address")]),
        // PostgreSQL, "The Password File"
        ".pgpass": FieldTable(
            name: "pgpass",
            separator: .escapedColon,
            fields: [.value("host"), .unnamed, .value("database"), .value("user"), .value("password")],
            shortest: 5
        ),
        // hosts(5), ethers(5), networks(5)
        "hosts": blanks("hosts", [.value("address"), .value("name")], repeatsLast: true),
        "lmhosts": blanks("hosts", [.value("address"), .value("name")]),
        "ethers": blanks("ethers", [.value("mac"), .value("name")]),
        "networks": blanks("networks", [.value("name"), .value("address")]),
        // fstab(5), crypttab(5), exports(5)
        "fstab": blanks("fstab", [.value("device"), .value("mountpoint"), .unnamed, .options, .unnamed, .unnamed]),
        "mtab": blanks("fstab", [.value("device"), .value("mountpoint"), .unnamed, .options, .unnamed, .unnamed]),
        "crypttab": blanks("crypttab", [.value("name"), .value("device"), .value("keyfile"), .options]),
        "exports": blanks("exports", [.value("path"), .client], repeatsLast: true),
        // pppd(8)
        "chap-secrets": pppSecrets, "pap-secrets": pppSecrets,
        // mpd(8)
        "mpd.secret": blanks("ppp", [.value("client"), .value("secret"), .value("address")]),
        // PgBouncer, "userlist.txt"
        "userlist.txt": blanks("userlist", [.value("user"), .password("password")]),
        "dnsmasq.leases": blanks(
            "leases",
            [.unnamed, .value("mac"), .value("address"), .value("name"), .value("client")]
        ),
        // PostgreSQL, "The pg_hba.conf File"
        "pg_hba.conf": blanks("pg_hba", [.unnamed, .list("database"), .list("user"), .value("address"), .unnamed]),
        "sasl_passwd": blanks("sasl_passwd", [.value("host"), .login]),
        "smarthost_passwd": blanks("sasl_passwd", [.value("host"), .login]),
        // Exim, "passwd.client": host:user:password
        "passwd.client": colons("passwd.client", [.value("host"), .value("user"), .value("password")]),
    ]

    private static let stationKeys = blanks("wpa_psk", [.value("mac"), .value("psk")])

    private static let pppSecrets = blanks(
        "ppp",
        [.value("client"), .value("server"), .value("secret"), .value("address")],
        repeatsLast: true
    )

    /// postmap(1): keys and values.
    private static let postfixMap = blanks("map", [.value("name"), .list("value")], repeatsLast: true)
    private static let postfixMaps: Set<String> = [
        "virtual", "transport", "canonical", "generic", "relay_domains", "relay_recipients", "sender_canonical",
        "recipient_canonical", "sender_relay", "vmailbox", "virtual_alias", "sender_access", "access", "mynetworks",
    ]
}
