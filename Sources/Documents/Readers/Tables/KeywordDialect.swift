/// A configuration format with lines of a keyword and its arguments, and the names of the arguments.
struct KeywordDialect: Sendable {
    /// The outermost key of every value.
    var name: String
    /// The names of the arguments by lower-case keyword; the last name applies to all further arguments.
    var arguments: [String: [String]] = [:]
    /// The arguments that name the next one, in addition to those that do so in every dialect.
    var flags: Set<String> = []
    /// The lower-case keywords with two arguments of which the first is a name, and the second its value.
    var naming: Set<String> = []
    /// Whether lines `<name argument>` and `</name>` enclose others.
    var hasTags = false
    /// Whether `keyword=value` means `keyword value`.
    var takesEquals = false

    /// Determines the dialect of a file by its name.
    static func of(_ name: FileName) -> KeywordDialect? {
        if let dialect = byName[name.base] { return dialect }
        switch (name.folder, name.base, name.fileExtension) {
        case (".ssh", "config", _), ("ssh_config.d", _, "conf"), ("ssh", "config", _): return ssh
        case ("sshd_config.d", _, "conf"): return sshd
        case ("interfaces.d", _, _): return interfaces
        case (_, _, "ovpn"), ("openvpn", _, "conf"), ("ccd", _, ""): return openVPN
        case (_, _, "vhost"): return apache
        case ("peers", _, ""): return byName["options.pptp"]
        default: return nil
        }
    }

    /// OpenSSH's client: ssh_config(5).
    static let ssh = KeywordDialect(
        name: "ssh",
        arguments: [
            "host": ["host"], "hostname": ["hostname"], "proxyjump": ["proxyjump"], "sendenv": ["sendenv"],
            "proxycommand": ["proxycommand"],
        ],
        flags: ["host", "originalhost", "localuser"],
        takesEquals: true
    )

    /// OpenSSH's server: sshd_config(5).
    static let sshd = KeywordDialect(
        name: "sshd",
        arguments: [
            "allowusers": ["user"], "denyusers": ["user"], "allowgroups": ["group"], "denygroups": ["group"],
            "listenaddress": ["address"],
        ],
        flags: ["user", "group", "address", "host"],
        takesEquals: true
    )

    /// Debian's networks: interfaces(5).
    private static let interfaces = KeywordDialect(name: "interfaces", flags: ["via", "dev", "gw"])

    /// OpenVPN: openvpn(8).
    private static let openVPN = KeywordDialect(
        name: "openvpn",
        arguments: ["remote": ["host", "port"], "route": ["address", "netmask"], "push": ["push"]],
        naming: ["setenv"],
        hasTags: true
    )

    /// Apache's httpd, by its manual's "Configuration Files".
    static let apache = KeywordDialect(
        name: "apache",
        arguments: [
            "serveralias": ["serveralias"], "proxypass": ["path", "url"], "proxypassreverse": ["path", "url"],
            "redirect": ["url"],
        ],
        naming: ["setenv", "define"],
        hasTags: true
    )

    private static let resolver = KeywordDialect(
        name: "resolv",
        arguments: ["nameserver": ["nameserver"], "search": ["search"], "domain": ["domain"]]
    )

    /// HAProxy, by its configuration manual.
    private static let haproxy = KeywordDialect(
        name: "haproxy",
        arguments: [
            "server": ["name", "address", "option"], "backend": ["name"], "frontend": ["name"], "listen": ["name"],
            "userlist": ["name"], "user": ["name", "option"],
        ],
        flags: ["insecure-password"]
    )

    private static let time = KeywordDialect(
        name: "ntp",
        arguments: ["server": ["server", "option"], "pool": ["server", "option"], "peer": ["server", "option"]]
    )

    private static let byName: [String: KeywordDialect] = [
        "ssh_config": ssh, "sshconfig": ssh, "sshd_config": sshd, "resolv.conf": resolver, "interfaces": interfaces,
        "haproxy.cfg": haproxy, "haproxy.conf": haproxy, "httpd.conf": apache, "apache2.conf": apache,
        ".htaccess": apache, "chrony.conf": time, "ntp.conf": time, "chrony.keys": time, "openvpn.conf": openVPN,
        // tor(1)
        "torrc": KeywordDialect(name: "tor", arguments: ["hiddenserviceport": ["port", "address"]]),
        // dhcpcd.conf(5)
        "dhcpcd.conf": KeywordDialect(name: "dhcpcd", takesEquals: true),
        // ldap.conf(5)
        "ldap.conf": KeywordDialect(name: "ldap"), "pam_ldap.conf": KeywordDialect(name: "ldap"),
        // pppd(8), "options"
        "options.pptp": KeywordDialect(name: "ppp"), "options.xl2tpd": KeywordDialect(name: "ppp"),
        // snmpd.conf(5)
        "snmpd.conf": KeywordDialect(
            name: "snmp",
            arguments: [
                "rocommunity": ["community", "source"], "rwcommunity": ["community", "source"],
                "com2sec": ["name", "source", "community"], "trapsink": ["host", "community"],
                "createuser": ["user", "option", "password", "option", "password"],
            ]
        ),
        // fetchmailrc
        ".fetchmailrc": KeywordDialect(name: "fetchmail", flags: ["poll", "server"]),
        // mosquitto.conf(5)
        "mosquitto.conf": KeywordDialect(name: "mosquitto"),
        // redis.conf: user <name> … ><password>
        "redis.conf": KeywordDialect(name: "redis", arguments: ["user": ["name", "rule"]]),
    ]

    /// The arguments that name the next one in every dialect.
    private static let commonFlags: Set<String> = [
        "user", "username", "login", "name", "password", "pass", "passwd", "secret", "psk", "key", "community", "token",
    ]

    /// Whether an argument names the next one.
    func isFlag(_ word: String) -> Bool {
        let word = word.lowercased()
        return flags.contains(word) || Self.commonFlags.contains(word)
    }
}
