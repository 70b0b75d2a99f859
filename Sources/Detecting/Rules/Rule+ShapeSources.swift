extension Rule.Shape {
    /// The sources that vectorscan searches for: some of the bytes that every text of the shape contains.
    var sources: [PatternDatabase.Source] {
        let expressions: [String] =
            switch self {
            case .ipv4: [#"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"#]
            case .ipv6: [#":[0-9A-Fa-f]{0,4}:"#]
            case .mac:
                [
                    #"[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}"#,
                    #"[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}"#,
                ]
            case .email, .hostDomain, .loginName: [#"[A-Za-z0-9_%+\x80-\xff-]@[A-Za-z0-9\xc3-\xdf]"#]
            case .urlHost: [#"[:"']//[A-Za-z0-9\xc3-\xdf]"#]
            case .bareHost, .loginTableName: []
            case .reverseName: [#"(?i)[0-9a-f]\.(?:in-addr|ip6)\.arpa"#]
            case .privateHost: [Self.ending(with: Self.privateTopLevels)]
            case .phone: [#"\+[0-9]"#]
            case .privateKey, .certificate, .certificateName: ["-----BEGIN "]
            case .secretManifest:
                [
                    #"kind"?: ?"?Secret"#, "secretGenerator:", "--from-literal[= ]", "vault kv (?:put|patch) ",
                    #"fly(?:ctl)? secrets set "#, #""kubernetes_secret(?:_v1)?""#,
                    #"(?:data_json|secret_string) *= *jsonencode\("#,
                ]
            case .loginTable:
                [
                    #"(?i)(?:passwords|passwds|credentials|creds|htpasswd|basic[_-]?auth|users|logins|accounts|admins)(?:["']?\]? {0,2}[:=]|\]\r?\n)"#
                ]
            case .resourceName: [#"(?:^|\n)resource ""#]
            case .secretFile:
                [
                    #"(?:^|\n)secrets:"#,
                    #"(?i)(?:pass|passwd|password|passphrase|pw|secret|token|credentials?|key)[_-]?file["']?[ =:]"#,
                ]
            }
        // This many alternatives are slower as one expression than as separate literals.
        let literals = self == .bareHost ? Self.topLevels.map { "." + $0 } : []
        return [(expressions, true), (literals, false)].flatMap { texts, isExpression in
            texts.map {
                PatternDatabase.Source(bytes: Array($0.utf8), isExpression: isExpression, ignoresCase: false)
            }
        }
    }

    private static func ending(with labels: [String]) -> String {
        #"[A-Za-z0-9]\.(?:"# + labels.joined(separator: "|") + #")\b"#
    }

    /// The top-level domains under which names without a scheme are found in running text.
    ///
    /// Top-level domains that are also words of programs or file extensions are recognised only in URLs and settings.
    private static let topLevels: [String] = EmbeddedData.lines(
        EmbeddedData.topLevelDomains + EmbeddedData.topLevelWords
    )

    private static let privateTopLevels = HostLabels.privateSuffixes.map { $0.replacing(".", with: #"\."#) }
}
