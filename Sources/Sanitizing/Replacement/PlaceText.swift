internal import Documents

/// Determines from the text around a value whether a program reads it, where it is used, and what it belongs to.
enum PlaceText {
    /// Whether the line of a value is a sentence or a comment, which no program reads.
    static func isProse(_ span: Span, in text: [UInt8], path: String) -> Bool {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let ending = name.split(separator: ".").dropFirst().last.map(String.init) ?? ""
        if documents.contains(ending) || ending.isEmpty && papers.contains(name) { return true }
        let line = text[lineStart(before: span.start, in: text)..<span.start].drop {
            $0 == UInt8(ascii: " ") || $0 == 9
        }
        if line.starts(with: "#".utf8) {
            return !line.starts(with: "#define".utf8) && !line.starts(with: "#include".utf8)
        }
        if line.starts(with: "//".utf8) || line.starts(with: "<!--".utf8) { return true }
        if line.starts(with: "--".utf8) { return ["lua", "sql", "hs"].contains(ending) }
        return line.starts(with: ";".utf8) && ["ini", "conf", "cfg", "zone", "db"].contains(ending)
    }

    private static let documents: Set<String> = [
        "md", "markdown", "txt", "text", "rst", "adoc", "asciidoc", "org", "textile", "wiki", "eml", "log", "vcf",
        "ics",
    ]
    private static let papers: Set<String> = [
        "readme", "notes", "todo", "changelog", "authors", "contacts", "maintainers",
    ]

    /// Returns the nearest word before a value on its line that tells what it belongs to.
    ///
    /// For `WLAN password: …` it is `wifi`. Only listed words are returned, because any other could be somebody's name.
    static func topic(before start: Int, in text: [UInt8]) -> String? {
        let begin = max(lineStart(before: start, in: text), start - longestDistance)
        let words = text[begin..<start].split { !$0.isAlphanumeric }
        let found = words.reversed().compactMap { topics[String(decoding: $0, as: UTF8.self).lowercased()] }
        // In a command, the program is more informative than the login.
        return found.first { !logins.contains($0) } ?? found.first
    }

    private static let logins: Set<String> = ["admin", "guest", "moderator", "root"]

    /// Whether a value belongs to a setting for the address at which a machine or a service listens.
    ///
    /// The setting is on the same line, or above the list that contains the value.
    static func isListened(at start: Int, in text: [UInt8]) -> Bool {
        var end = start
        for _ in 0..<longestList {
            let begin = lineStart(before: end, in: text)
            let line = text[begin..<end].split {
                !$0.isAlphanumeric && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-")
            }
            let words = line.map { String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != "_" && $0 != "-" } }
            if words.contains(where: listeners.contains) { return true }
            let isItem = text[begin..<end].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "-")
            guard isItem, begin > 0 else { return false }
            end = begin - 1
        }
        return false
    }

    private static let longestList = 16
    private static let listeners: Set<String> = [
        "listen", "listenaddress", "listeningip", "relayip", "externalip", "bind", "bindaddress", "natip", "networkip",
        "ports", "rrdatas", "ipv4address", "ipv6address",
    ]

    private static let longestDistance = 120

    private static func lineStart(before start: Int, in text: [UInt8]) -> Int {
        let limit = max(0, start - 4096)
        return text[limit..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? limit
    }

    /// The topic of each word.
    private static let topics: [String: String] = {
        var topics: [String: String] = [:]
        for word in ownNames { topics[word] = word }
        for (topic, words) in synonyms { for word in words { topics[word] = topic } }
        return topics
    }()

    private static let ownNames = [
        "admin", "ansible", "aws", "backup", "bios", "borg", "bridge", "ceph", "cloudflare", "coturn", "discord",
        "docker",
        "dyndns", "elastic", "etherpad", "excalidraw", "ftp", "github", "gitlab", "grafana", "guest", "hetzner",
        "icinga",
        "imap", "influxdb", "ipmi", "jibri", "jicofo", "jigasi", "jvb", "jwt", "keycloak", "ldap", "matomo", "matrix",
        "mattermost", "minio", "moderator", "mongo", "mqtt", "mysql", "nextcloud", "nginx", "pin", "postgres",
        "prometheus",
        "prosody", "rabbitmq", "recorder", "redis", "registry", "restic", "root", "router", "s3", "sftp", "sip",
        "slack",
        "smb", "smtp", "snmp", "ssh", "sshpass", "storage", "telegram", "terraform", "tls", "transcriber", "turn",
        "vault",
        "voicemail", "vpn", "webdav", "wifi", "wireguard", "zabbix",
    ]
    private static let synonyms: [String: [String]] = [
        "wifi": ["wlan", "ssid", "wpa", "psk"], "router": ["fritzbox", "speedport"],
        "mysql": ["mariadb", "mysqldump", "mysqladmin"], "postgres": ["psql", "postgresql"],
        "smb": ["samba", "smbclient", "cifs"], "redis": ["rediscli"], "turn": ["turnadmin"], "vpn": ["openvpn"],
        "docker": ["dockerhub"], "dyndns": ["ddns", "duckdns"], "storage": ["storagebox"], "webdav": ["davfs"],
        "guest": ["guests", "gast"], "recorder": ["recording"], "smtp": ["msmtp", "swaks", "sendmail"],
        "mongo": ["mongodb", "mongosh", "mongodump"], "moderator": ["moderators"], "bios": ["uefi"],
        "ldap": ["ldapsearch"],
    ]
}
