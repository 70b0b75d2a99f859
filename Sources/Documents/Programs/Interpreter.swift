/// A program that gives characters of a value a special meaning that no encoding describes.
///
/// Quotes around the place make no difference.
package enum Interpreter: Hashable, Sendable {
    /// A shell, or a program that splits a line into words as a shell does.
    case shell
    /// nginx: `$` begins a variable, even in quotes, and cannot be escaped.
    case nginx
    /// Terraform and similar programs: `${` and `%{` begin a template.
    case terraform
    /// PHP and Perl in double quotes: `$` and `@` begin variables.
    case perl
    /// Ruby in double quotes: `#{` begins an expression.
    case ruby
    /// systemd: `%` begins a specifier.
    case systemd

    /// Whether the interpreter reads the value unchanged.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - old: the current text at the place; its special characters are assumed to be harmless there, such as the
    ///     blank in a name.
    /// - Returns: true if it does.
    package func takes(_ value: [UInt8], like old: [UInt8] = []) -> Bool {
        switch self {
        case .shell: value.allSatisfy { Self.isPlain($0) || old.contains($0) }
        case .nginx: !value.contains(.dollar)
        case .terraform:
            !zip(value, value.dropFirst()).contains { ($0 == .dollar || $0 == .percentSign) && $1 == .openBrace }
        case .perl: !value.contains(.dollar) && !value.contains(UInt8(ascii: "@"))
        case .ruby: !zip(value, value.dropFirst()).contains { $0 == .hash && Array("{$@".utf8).contains($1) }
        case .systemd: !value.contains(.percentSign)
        }
    }

    /// The interpreter and the values that it accepts, as the end of a lower-case sentence.
    package var demand: String {
        switch self {
        case .shell: "where a shell reads it: letters, digits and _-./:@+=,! fit there"
        case .nginx: "where nginx reads it, and takes a $ for a variable: a value without one fits there"
        case .terraform: "where ${ and %{ begin a template: a value without them fits there"
        case .perl: "where $ and @ begin variables: a value without them fits there"
        case .ruby: "where #{ begins an expression: a value without it fits there"
        case .systemd: "where systemd reads it, and takes a % for more: a value without one fits there"
        }
    }

    /// Whether a byte is literal everywhere: in a word, in quotes of either sort, in a `cron` command.
    package static func isPlain(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte >= 0x80 || "_-./:@+=,!".utf8.contains(byte)
    }
}

extension Interpreter {
    /// Returns the interpreter of a place in a file; nil if the encoding describes everything.
    package static func reading(_ location: Location, of path: String, _ bytes: [UInt8]) -> Interpreter? {
        let name = FileName(path: path)
        let isWhole = location.steps.count == 1
        guard isWhole, location.fileSpan.end <= bytes.count, !isInComment(location.fileSpan, bytes) else { return nil }
        let encoding = location.steps[0].encodings.last
        let isVerbatim = [nil, .bare, .line].contains(encoding)
        let isCrontab = if case .crontab = NamedTable.of(name) { true } else { false }
        if isVerbatim, isCrontab || Dialect.of(name, bytes[...]).family == .shell { return .shell }
        // Inside a nested text, its own quotes are known.
        let isOuter = location.steps[0].encodings.count < 2
        if isVerbatim || isOuter, isInCommand(location.fileSpan, Document(path: path, bytes: bytes)) { return .shell }
        if isNginx(path, bytes) { return .nginx }
        switch name.fileExtension {
        case "tf", "tfvars", "hcl": return .terraform
        case "php", "pl", "pm": return encoding == .doubleQuoted ? .perl : nil
        case "rb": return encoding == .doubleQuoted ? .ruby : nil
        case "service", "socket", "timer", "mount", "path": return .systemd
        default: return nil
        }
    }

    /// Whether a line begins like a comment; in a JSON or YAML string, a line break is written `\n`.
    private static func isInComment(_ span: Span, _ bytes: [UInt8]) -> Bool {
        var line = bytes[..<span.start].lastIndex(of: .newline).map { $0 + 1 } ?? 0
        if let escape = bytes[line..<span.start].ranges(of: Array("\\n".utf8)).last { line = escape.upperBound }
        return bytes[line...].first { !$0.isBlank } == .hash && !bytes[line..<span.end].starts(with: "#!".utf8)
    }

    /// The keys whose values are commands, in programs that pass them to a shell or split them like one.
    private static let commandKeys: Set<String> = [
        "command", "entrypoint", "cmd", "args", "exec", "run", "script", "before_script", "after_script", "shell",
        "test", "runcmd", "bootcmd", "commands", "startup-script", "execstart", "execstartpre", "execstartpost",
        "execstop", "execstoppost", "execreload", "execcondition", "preup", "postup", "predown", "postdown",
    ]

    /// Whether a place is part of a command of several words, under a key for commands.
    private static func isInCommand(_ span: Span, _ document: Document) -> Bool {
        guard let layer = document.layers.first else { return false }
        return layer.values.contains { value in
            value.span.contains(span) && value.span != span
                && layer.text[value.span.range].contains(where: \.isWhitespace)
                && value.keyPath.contains { commandKeys.contains($0.lowercased()) }
        }
    }

    private static func isNginx(_ path: String, _ bytes: [UInt8]) -> Bool {
        // A file of accounts may be in the same folder, but is not configuration.
        guard Dialect.ofName(FileName(path: path)).family == .configuration,
            Document(path: path, bytes: bytes).layers.first?.format == .assignments
        else { return false }
        return path.lowercased().contains("nginx")
            || ["proxy_pass", "proxy_set_header", "server_name"].contains {
                bytes.firstRange(of: Array($0.utf8)) != nil
            }
    }
}
