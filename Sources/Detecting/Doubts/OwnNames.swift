internal import Documents

/// Recognises values that only repeat their surroundings: the name of the program that a unit or a container runs, or
/// an argument of a lookup in a program.
struct OwnNames {
    /// The purpose of the file.
    let traits: FileTraits

    /// Whether the value of the setting at `keyPath` is the name of the program that it configures.
    ///
    /// The account `auk` of `auk-server.service` belongs to the program, and the machine `web` of the service `web` is
    /// a container.
    func repeatsProgram(_ value: [UInt8], kind: Kind, keyPath: [String]) -> Bool {
        switch kind {
        case .userName:
            if traits.quotesTexts, let file = traits.stem, Self.isFirstWord(value, of: file) { return true }
            guard let unit = traits.unit else { return false }
            let name = String(decoding: value, as: UTF8.self).lowercased()
            return unit == name || unit.hasPrefix(name + "-") || unit.hasSuffix("-" + name)
                || unit.contains("-" + name + "-") || name.hasPrefix(unit + "-")
        case .hostName:
            return keyPath.first == "services"
                && keyPath.dropLast().contains { $0.utf8.elementsEqual(value) }
        default: return false
        }
    }

    /// Whether a login is the first word of the name of the program that uses it, such as `auk` in `auk-client.php`.
    private static func isFirstWord(_ value: [UInt8], of file: String) -> Bool {
        let word = file.prefix { $0.isLetter || $0.isNumber }
        return word.utf8.count > 3 && word.utf8.elementsEqual(value.map(\.lowered))
    }

    /// Whether a login has the same name as its database, which marks it as a program's account rather than a person's.
    ///
    /// Examples are `postgres://auk@db/auk`, and `DB_USER=auk` above `DB_NAME=auk`.
    static func isOfDatabase(_ span: Span, in text: [UInt8]) -> Bool {
        let isFolder = span.start > 1 && text[span.start - 1] == slash && text[span.start - 2] != slash
        guard !isFolder else { return false }
        if isColumn(span, in: text) { return true }
        return RepeatedWord.occurs(besides: span, within: reach, in: text) {
            namesDatabase(before: $0.start, in: text)
        }
    }

    /// Whether an account is named as a well-known program and stands before a repository: `caddyserver/caddy`.
    static func isOfProgram(_ account: Span, in text: [UInt8]) -> Bool {
        account.end < text.count && text[account.end] == slash && account.count > 3
            && ReservedValues.builtIn.isProduct(String(decoding: text[account.range], as: UTF8.self))
    }

    /// Whether a word is a column in a condition of SQL: `where aukname = x`.
    private static func isColumn(_ span: Span, in text: [UInt8]) -> Bool {
        let lead = text[max(0, span.start - 6)..<span.start]
        guard lead.elementsEqual("where ".utf8, by: { $0.lowered == $1 }) else { return false }
        return text[span.end...].prefix(3).drop { $0 == UInt8(ascii: " ") }.first == UInt8(ascii: "=")
    }

    /// The maximum distance in bytes between a login and the name of its database.
    private static let reach = 200

    /// Whether the text before `position` introduces the name of a database.
    private static func namesDatabase(before position: Int, in text: [UInt8]) -> Bool {
        var start = position
        while start > 0, !ByteSet.lineEnd.contains(text[start - 1]), position - start < longestLead { start -= 1 }
        let lead = String(decoding: text[start..<position].map(\.lowered), as: UTF8.self)
        if lead.hasSuffix(" -d ") || lead.hasSuffix(" --dbname=") || lead.hasSuffix(" --dbname ") { return true }
        // The last argument of a database client.
        if lead.hasSuffix(" "), !lead.hasSuffix("-u "), clients.contains(where: lead.contains) { return true }
        // The fourth argument of `new mysqli(host, login, password, database)`.
        if lead.last.map({ "\"'".contains($0) }) == true, let call = lead.firstRange(of: "mysqli("),
            lead[call.upperBound...].count(where: { $0 == "," }) > 2
        {
            return true
        }
        // A path after the address of a server.
        if lead.hasSuffix("/"), lead.contains("://"), lead.contains("@") { return true }
        let key = lead.reversed().drop { " \t\"'".contains($0) }
        guard let sign = key.first, sign == "=" || sign == ":" else { return false }
        let setting = String(
            key.dropFirst().drop { " \t\"'".contains($0) }.prefix { !" \t\"'{,-".contains($0) }.reversed()
        )
        return databaseSettings.contains { setting.hasSuffix($0) }
    }

    private static let slash = UInt8(ascii: "/")
    private static let longestLead = 160
    private static let clients = [
        "mysql ", "mysqldump ", "mariadb ", "mariadb-dump ", "psql ", "pg_dump ", "pg_restore ",
    ]
    private static let databaseSettings = ["_db", "db_name", "database", "dbname", "db_database", "database_name"]

    /// Whether a quoted text is a lookup key or a message of a program, as in `password = form.get("password1")` and
    /// `raise ValueError("Password is required.")`, or the argument of a yes-or-no question, as in `pass =
    /// checkPass("auk", "login")`.
    func isArgument(_ span: Span, in text: [UInt8]) -> Bool {
        guard traits.quotesTexts, span.start > 2, ByteSet("\"'").contains(text[span.start - 1]),
            let call = call(around: span.start - 1, in: text)
        else { return false }
        if Self.asks(call.function) || call.function == "assert" { return true }
        guard call.isFirst else { return false }
        return Self.lookups.contains(call.function) || call.function.hasPrefix("get_option")
            || call.function.hasPrefix("getElement") || call.function.hasPrefix("querySelector")
            || Self.sayings.contains { call.function.hasSuffix($0) }
    }

    /// The function whose argument begins at `offset`, and whether it is the first argument.
    ///
    /// The function begins at most ``longestCall`` bytes before `offset`; nil if there is none.
    private func call(around offset: Int, in text: [UInt8]) -> (function: String, isFirst: Bool)? {
        var start = offset
        var closed = 0
        while start > 0, offset - start < Self.longestCall, !ByteSet.lineEnd.contains(text[start - 1]) {
            start -= 1
            if text[start] == UInt8(ascii: ")") { closed += 1 }
            guard text[start] == UInt8(ascii: "(") else { continue }
            guard closed == 0 else {
                closed -= 1
                continue
            }
            let name = text[max(0, start - 40)..<start].reversed().prefix { ByteSet.nameCharacters.contains($0) }
            guard !name.isEmpty else { return nil }
            return (String(decoding: name.reversed(), as: UTF8.self), start == offset - 1)
        }
        return nil
    }

    private static let longestCall = 120

    /// Whether a quoted text is an argument of a function in a Go template, as in `{{ $secret := include "auk.fullname"
    /// . }}`.
    static func isTemplateArgument(_ span: Span, in text: [UInt8]) -> Bool {
        guard span.start > 2, text[span.start - 1] == UInt8(ascii: "\"") else { return false }
        let function = text[..<(span.start - 1)].reversed().drop(while: ByteSet.blank.contains).prefix(16)
            .prefix { ByteSet.letters.contains($0) }.reversed()
        guard templateFunctions.contains(String(decoding: Array(function), as: UTF8.self)) else { return false }
        let line = text[max(0, span.start - longestCall)..<span.start]
        guard let opening = line.lastIndex(of: UInt8(ascii: "{")) else { return false }
        return opening > line.startIndex && text[opening - 1] == UInt8(ascii: "{")
    }

    private static let templateFunctions: Set<String> = [
        "define", "eq", "fail", "hasKey", "include", "index", "lookup", "ne", "printf", "required", "template",
    ]

    /// Whether a function answers a question about its arguments; none of the arguments is its result.
    private static func asks(_ function: String) -> Bool {
        questions.contains { question in
            guard function.hasPrefix(question) else { return false }
            let next = function.dropFirst(question.count).first
            return next == nil || next == "_" || next?.isUppercase == true
        }
    }

    private static let questions = [
        "check", "verify", "is", "has", "in_array", "array_key_exists", "isset", "contains",
    ]
    private static let lookups: Set<String> = [
        "get", "getlist", "pop", "getString", "getItem", "input", "getpass", "prompt", "print", "log", "debug", "info",
        "warn", "warning", "error", "toString", "digest", "createHash", "createHmac", "encode", "decode", "endsWith",
        "startsWith", "getenv", "property", "findProperty", "getProperty", "fetch", "env", "secret", "get_secret",
        "getSecret", "read_secret", "readSecret", "getoption",
        "read", "open", "readFile", "readFileSync", "slurp",
    ]
    private static let sayings = ["Error", "Errorf", "Exception", "Failure"]

    /// Whether a quoted text of a program is only compared, and with something other than the setting that gets the
    /// result: `secret = type == "turn" and secret`.
    func isComparedWithAnother(_ span: Span, in text: [UInt8], key: String?) -> Bool {
        guard traits.quotesTexts, let key, span.start > 0, ByteSet("\"'").contains(text[span.start - 1]) else {
            return false
        }
        let lead = text[max(0, span.start - 80)..<(span.start - 1)].reversed().drop(while: ByteSet.blank.contains)
        guard lead.starts(with: "==".utf8) || lead.starts(with: "=~".utf8) || lead.starts(with: "=!".utf8) else {
            return false
        }
        let operand = lead.drop { "=~!".utf8.contains($0) }.drop(while: ByteSet.blank.contains)
            .prefix { ByteSet.nameCharacters.contains($0) }
        return !operand.isEmpty && KeyName(String(decoding: operand.reversed(), as: UTF8.self)) != KeyName(key)
    }
}
