internal import Documents

/// Recognises values that are only references.
extension ValueReader {
    /// Whether a value only refers to another one: a variable, a template expression, a file.
    func isReference(_ value: [UInt8], bare: Bool, mayHoldDots: Bool = false) -> Bool {
        if Expression.occurs(in: value) || Self.endsExpression(value) { return true }
        if Self.templateField.matchesWhole(value) || Self.pathUnderVariable.matchesWhole(value) { return true }
        if Self.member.matchesWhole(value) { return true }
        if Self.makeVariable.matchesWhole(value) || Self.argument.matchesWhole(value) { return true }
        if Self.tag.matchesWhole(value) || Self.placeholders.matchesWhole(value) { return true }
        if Self.sectionVariable.matchesWhole(value) { return true }
        if Self.secretVariable.matchesWhole(value) || value == [UInt8(ascii: "\\")] { return true }
        if value.first == UInt8(ascii: "$"),
            value.dropFirst().allSatisfy({ ByteSet.alphanumerics.contains($0) || $0 == UInt8(ascii: "_") }),
            value.dropFirst().contains(where: ByteSet.letters.contains)
        {
            // `$NAME` is a variable; `$ecret9x` rarely is.
            if value.dropFirst().allSatisfy({ !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) || bare {
                return true
            }
        }
        guard bare else { return false }
        // It is a block, a call, a subscript, an attribute or a declaration.
        if value.first == UInt8(ascii: "{") { return true }
        if value.last == UInt8(ascii: ")") && value.contains(UInt8(ascii: "(")) { return true }
        if value.last == UInt8(ascii: "(") || value.last == UInt8(ascii: "[") { return true }
        if Self.openCall.matchesWhole(value) || Self.callWithFallback.matchesWhole(value) { return true }
        return !mayHoldDots && Self.attribute.matchesWhole(value)
    }

    /// Whether a value is the end of an expression whose beginning is in another string:
    /// `"$(sops -d --extract '["auk"]' x.yml)"`.
    private static func endsExpression(_ value: [UInt8]) -> Bool {
        guard value.first == UInt8(ascii: "]"), value.last == UInt8(ascii: ")") else { return false }
        return value.contains(UInt8(ascii: " ")) && !value.contains(UInt8(ascii: "("))
    }

    /// Whether a text between backticks is a command and its arguments, which its output replaces.
    func isCommand(_ span: Span, in text: [UInt8]) -> Bool {
        let mark = UInt8(ascii: "`")
        return span.start > 0 && text[span.start - 1] == mark && span.end < text.count && text[span.end] == mark
            && text[span.range].contains(UInt8(ascii: " "))
    }

    /// Whether a CloudFormation or Home Assistant tag precedes a value, which makes it the name of another value: `!Ref
    /// Zone`, `!secret wifi`.
    func isTaggedReference(_ span: Span, in text: [UInt8]) -> Bool {
        let before = text[max(0, span.start - 10)..<span.start]
        return ["!Ref ", "!GetAtt ", "!secret ", "!include ", "!env_var ", "!env "].contains { tag in
            before.suffix(tag.utf8.count).elementsEqual(tag.utf8)
        }
    }

    /// Whether a tag before a value makes Ansible take it literally: `!unsafe '{{ x }}'`.
    func isRaw(_ span: Span, in text: [UInt8]) -> Bool {
        let before = text[max(0, span.start - 9)..<span.start]
        let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        let tag = before.last.map(quotes.contains) == true ? before.dropLast() : before
        return tag.suffix(Self.rawTag.count).elementsEqual(Self.rawTag)
    }

    private static let rawTag = Array("!unsafe ".utf8)

    /// Whether a shell would expand a part of the value.
    static func expandsVariable(_ value: [UInt8]) -> Bool {
        zip(value, value.dropFirst()).contains { first, second in
            first == UInt8(ascii: "$")
                && (ByteSet.letters.contains(second) || ByteSet("_{(@*#?").contains(second))
        }
    }

    /// Whether a shell expands a part of the spelling that is not protected by a backslash or single quotes.
    static func expandsUnescapedVariable(_ spelling: ArraySlice<UInt8>) -> Bool {
        var plain: [UInt8] = []
        var isLiteral = false
        var index = spelling.startIndex
        while index < spelling.endIndex {
            switch spelling[index] {
            case UInt8(ascii: "'"): isLiteral.toggle()
            case UInt8(ascii: "\\") where !isLiteral: index += 1
            default: if !isLiteral { plain.append(spelling[index]) }
            }
            index += 1
        }
        return expandsVariable(plain)
    }

    /// Whether a value is the name of a file, a variable or a header rather than a secret.
    ///
    /// `isInLogin` means that it cannot be the name of a file.
    func namesSomething(_ value: [UInt8], isInLogin: Bool = false) -> Bool {
        if isInLogin { return Self.variable.matchesWhole(value) || Self.demand.matchesWhole(value) }
        let text = String(decoding: value, as: UTF8.self)
        if Self.pathStarts.contains(where: text.hasPrefix), !text.contains(where: { " \t\n,;=+".contains($0) }) {
            return true
        }
        if HostNameReader.isFileName(text) && value.allSatisfy(ByteSet.hostName.contains) { return true }
        return [
            Self.variable, Self.demand, Self.option, Self.header, Self.filePath, Self.plainPath, Self.attributes,
            Self.expression,
        ].contains {
            $0.matchesWhole(value)
        } || Self.isCipherList(value)
    }

    /// Whether a value is a list of ciphers as OpenSSL and GnuTLS read it: `HIGH:!aNULL:!RC4`,
    /// `NONE:+VERS-TLS1.2:+PSK`.
    private static func isCipherList(_ value: [UInt8]) -> Bool {
        let items = value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard items.count > 2, items.allSatisfy({ !$0.isEmpty && $0.allSatisfy(cipherBytes.contains) }) else {
            return false
        }
        let signed = items.count { item in item.first.map(cipherSigns.contains) ?? false }
        return signed > 1
            || items.allSatisfy { item in
                item.allSatisfy { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            }
    }

    private static let cipherSigns = ByteSet("!+-")
    private static let cipherBytes = ByteSet.alphanumerics.union(ByteSet("!+-_.@="))

    /// Whether a value is two words separated by a slash, at least one of which is not typical of a path in a vault:
    /// `wet/razorbill`.
    func isTwoWords(_ value: [UInt8]) -> Bool {
        let parts = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count > 3 && $0.allSatisfy(Self.wordBytes.contains) }) else {
            return false
        }
        return parts.contains { part in
            let letters = String(decoding: part.prefix(while: ByteSet.letters.contains), as: UTF8.self)
            return !WordLists.builtIn.isGenericName(letters) && !WordLists.builtIn.isCommonWord(letters)
                && !ReservedValues.builtIn.isProduct(letters)
        }
    }

    private static let wordBytes = ByteSet.alphanumerics

    /// Whether a value is the name of a secret in a cluster or a vault: `gitea-admin-secret`, `db.client_id`.
    func namesSecret(_ value: [UInt8]) -> Bool { Self.secretName.matchesWhole(value) }

    private static let secretName = pattern(
        #"(?:[a-z][a-z0-9]*[-_.])+(?:secrets?|credentials?|creds|keys?|tokens?|tls|auth|password)|[a-z]+(?:[_.][a-z]+)+"#
    )
    private static let variable = pattern(
        #"[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|TOKEN|KEY|AUTH|CREDENTIALS?|PW|ID|DSN)"#
    )
    /// Capitals that describe what to fill in: `PASSWORD_FOR_THE_BOT`.
    private static let demand = pattern(
        #"(?:[A-Z0-9]+_)*(?:PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|STRING|VALUE|YOUR|HERE)(?:_[A-Z0-9]+)+"#
    )
    /// An option that follows another one without a value.
    private static let option = pattern(#"--[a-z][a-z0-9-]+(?:=[^\n]*)?"#)
    private static let filePath = pattern(
        #"<?/(?:[\w.-]+/)+[\w.-]+\.[A-Za-z]\w{0,9}|<?(?:[\w.-]+/)+[\w.-]+\.(?:key|pem|crt|cert|der|p12|pfx|jks|pub|conf|json|ya?ml|env|txt)"#
    )
    /// A path of plain names, such as that of a program or a mount.
    private static let plainPath = pattern(
        #"(?:/|[a-z][a-z0-9._-]*/)[a-z][a-z0-9._-]*(?:/[a-z][a-z0-9._-]*)*(?::[a-z/][a-z0-9._/-]*){0,2}"#
    )
    /// The names of attributes, as in the format of a table in FreeRADIUS: `NT-Password:SMB-Account-CTRL-TEXT`.
    private static let attributes = pattern(
        #"(?:[*=,~:]*[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+){0,8}[*=,~:]+[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+[*=,~:]*"#
    )
    /// A regular expression that begins with a wildcard.
    private static let expression = pattern(#"\(?\.[*+][\w()\[\]{}\\.*+?$|, /:=-]*"#)
    private static let header = pattern(#"X(?:-[A-Z][a-z]+)+"#)
    private static let pathStarts = [
        "/run/", "/etc/", "/var/", "/home/", "/config", "/usr/", "/opt/", "/tmp/", "/root/", "/data/", "/mnt/", "/srv/",
        "/secrets/",
        "./", "../", "~/", "file:", "/Users/", "/certs/", "/keys/", "vault:", "env:", "arn:", "projects/",
    ]
    /// A field in the expression of a Go template: `.Env.TURN_HOST | default "x"`.
    private static let templateField = pattern(#"\.(?:Env|Values|Release|Chart|Files|Data)\.\w[^\n]*"#)
    /// A path under a variable: `$dir/private/key.pem`.
    private static let pathUnderVariable = pattern(#"\$\$?[A-Za-z_](?:\w*/[^\n]*|\w+&[\w.=&%/-]*)"#)
    /// A member of a Perl or PHP hash or list: `$args{password}`.
    private static let member = pattern(#"\$[A-Za-z_]\w*(?:\{[^{}]*\}|\[[^\[\]]*\]|->[^\n]*)"#)
    /// A variable of another section in an OpenSSL file: `$rock::secret`.
    private static let sectionVariable = pattern(#"\$[A-Za-z_]\w*::[A-Za-z_]\w*"#)
    /// A shell variable in a makefile, unlike a hashed password, in which a digit follows the doubled dollar sign.
    private static let makeVariable = pattern(#"\$\$[A-Za-z_]\w*"#)
    /// A script argument such as `$1`, a format specifier such as `%p`, or the loop variable of a batch file, such as
    /// `%%H`.
    private static let argument = pattern(#"\$\{?[0-9@*#]\}?|%-?[0-9]{0,3}[A-Za-z](?:\\n)?|%%~?[a-z]{0,6}[A-Za-z]"#)
    /// A YAML tag that a program replaces with a value, such as an encrypted text or a value from another file.
    private static let tag = pattern(
        #"!(?:unsafe|(?:vault|vault-encrypted|secret|include|env|env_var|reference)(?: [^\n]*)?)"#
    )
    /// Placeholders that a program replaces, as in `f"{prefix}{secret}"`.
    private static let placeholders = pattern(#"(?:\{[A-Za-z_][A-Za-z0-9_.]*(?:\[[^\]{}]*\]|\([^(){}]*\))*\})+"#)
    /// A variable whose name shows that it holds a secret: `$dbpassword`.
    private static let secretVariable = pattern(
        #"\$(?:[A-Za-z0-9]+_)*(?:[a-z]{0,10}(?:password|passwd|passphrase|pwd)|[a-z]*Password|pass|secret|token|key)"#
    )
    /// A call whose end is cut off.
    private static let openCall = pattern(#"[A-Za-z_][A-Za-z0-9_.]*(?:\([A-Za-z_][A-Za-z0-9_.]*)*\([A-Za-z_][^()]*"#)
    /// A call followed by a fallback or a conversion: `getenv("X") ?: "y"`, `property("x") as String`.
    private static let callWithFallback = pattern(
        #"[A-Za-z_][A-Za-z0-9_.]*\([^()\n]{0,200}\) (?:\?[:?]|\|\||as|or|if|else) [^\n]+"#
    )
    private static let attribute = pattern(#"!?[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*|\[[^\]]*\])+(?:\([^)]*\)?)?"#)
}
