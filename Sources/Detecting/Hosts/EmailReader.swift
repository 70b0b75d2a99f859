internal import Documents

/// Reads email addresses at the places where vectorscan found an @.
struct EmailReader {
    let text: [UInt8]
    /// The cache of earlier answers about hosts; nil for none.
    var memory: HostMemory?

    private static let local = ByteSet.alphanumerics.union(ByteSet("._%+-"))
    private static let edgesBefore = ByteSet(".-%")
    private static let edgesBehind = ByteSet(".-_")
    private static let authorityEnds = ByteSet("/?#")
    private static let commandBytes = ByteSet.word.union(ByteSet("-"))
    private static let reserved = ReservedValues.builtIn

    /// The parts on both sides of an @.
    private struct Parts {
        var name: Span
        var host: Span
        /// Whether it is a login at a machine rather than an email address.
        var isLogin: Bool
    }

    /// The email address with its @ at `offset`; nil if there is none, or it is a login at a machine or a generic
    /// address.
    func email(around offset: Int) -> Span? {
        guard let parts = parts(around: offset), !parts.isLogin, parts.name.count > 0, !isRelease(parts.host) else {
            return nil
        }
        let name = String(decoding: text[parts.name.range], as: UTF8.self)
        let domain = String(decoding: text[parts.host.range], as: UTF8.self).lowercased()
        // A generic mailbox name such as `info` identifies its owner only by the domain.
        guard !Self.isComponentAccount(name),
            !WordLists.builtIn.isGenericName(name) || !Self.isLoginName(name) && !Self.reserved.isMailProvider(domain),
            !Self.reserved.isPublicService(domain) || Self.reserved.isMailProvider(domain),
            PublicSuffixList.registrableDomain(of: domain).map({ !Self.reserved.isReservedDomain($0) }) == true,
            !domain.hasSuffix(".gserviceaccount.com"),
            HostNameReader(text: text).hostName(at: parts.host) != nil, HostNameReader.isUnderKnownTopLevel(domain)
        else { return nil }
        return Span(parts.name.start, parts.host.end)
    }

    /// The registrable domain of the host after the @ at `offset`, unless it is a public one.
    func domain(around offset: Int) -> Span? {
        guard let parts = parts(around: offset), let host = HostNameReader(text: text).hostName(at: parts.host) else {
            return nil
        }
        let name = String(decoding: text[parts.name.range], as: UTF8.self)
        guard !isRelease(host) else { return nil }
        // `git@` does not show who owns the host, and most such hosts are public. `x@libssh.org` is an SSH method.
        let isPublic = Self.reserved.contains(text[parts.name.start..<host.end], kind: .email)
        guard name != "git", !isPublic, !Self.reserved.isMailProvider(String(decoding: text[host.range], as: UTF8.self))
        else {
            return nil
        }
        return HostNameReader(text: text, memory: memory).registrableDomain(at: host)
    }

    /// Whether the labels after an @, except the last one, are the numbers of a release: `netty@4.1.115.Final`.
    private func isRelease(_ host: Span) -> Bool {
        text[host.range].split(separator: UInt8(ascii: ".")).dropLast().allSatisfy { label in
            label.allSatisfy(ByteSet.digits.contains)
        }
    }

    /// The login name if the @ at `offset` is that of a remote login.
    func loginName(around offset: Int) -> Span? {
        guard let parts = parts(around: offset), parts.isLogin else { return nil }
        return parts.name
    }

    /// Whether `name` is a login that exists on every machine, so that `root@host` is not an email address.
    private static func isLoginName(_ name: String) -> Bool { ["root", "git", "ubuntu", "debian"].contains(name) }

    /// Whether `name` is one of Jitsi's own accounts or rooms on its Prosody, so that `focus@auth.host` is not an email
    /// address.
    ///
    /// The name must be preserved, because Jicofo and the bridges log in with it.
    ///
    /// Source: the defaults of docker-jitsi-meet, `env.example` and `prosody/rootfs/defaults/conf.d`.
    private static func isComponentAccount(_ name: String) -> Bool {
        [
            "focus", "jvb", "jvbbrewery", "jibri", "jibribrewery", "jigasi", "jigasibrewery", "recorder",
            "transcriber", "transcriberbrewery", "visitor", "visitors", "whiteboard",
        ].contains(name.lowercased())
    }

    private func parts(around offset: Int) -> Parts? {
        guard text.indices.contains(offset), text[offset] == UInt8(ascii: "@") else { return nil }
        var start = WordCharacter.runStart(of: Self.local, before: offset, atMost: 64, in: text)
        start = afterEscape(start, before: offset)
        while start < offset, Self.edgesBefore.contains(text[start]) { start += 1 }
        var end = WordCharacter.runEnd(of: .hostName, from: offset + 1, atMost: 253, in: text)
        while end > offset + 1, Self.edgesBehind.contains(text[end - 1]) { end -= 1 }
        guard start < offset, end > offset + 1, !isUserInfo(start), !isRegistration(start),
            !isCommit(Span(offset + 1, end))
        else { return nil }
        return Parts(name: Span(start, offset), host: Span(offset + 1, end), isLogin: isLogin(start, end: end))
    }

    /// Whether a commit's name or the digest of an image follows the @, as in `auk/gull@1f0c…`, the hexadecimal digits
    /// of a SHA-1 or SHA-256 hash, and `gull@sha256:1f0c…`.
    private func isCommit(_ host: Span) -> Bool {
        if host.end < text.count, text[host.end] == UInt8(ascii: ":"), text[host.range].starts(with: "sha".utf8),
            text[host.range].dropFirst(3).allSatisfy(ByteSet.digits.contains)
        {
            return true
        }
        return (host.count == 40 || host.count == 64) && text[host.range].allSatisfy(ByteSet.hexDigits.contains)
    }

    /// The start of the local part after an escape, as in `\nada@` and `%22ada@`.
    private func afterEscape(_ start: Int, before offset: Int) -> Int {
        if text[start] == UInt8(ascii: "%"), offset - start > 3 { return start + 3 }
        return EscapeBefore.wordStart(start, before: offset, in: text)
    }

    /// Whether the local part belongs to a URL: `https://user:word@host`.
    private func isUserInfo(_ start: Int) -> Bool {
        var position = start
        while position > 0, !ByteSet.space.contains(text[position - 1]), start - position < 128 {
            position -= 1
            if text[position...].starts(with: "://".utf8) {
                return !text[(position + 3)..<start].contains { Self.authorityEnds.contains($0) }
            }
        }
        return false
    }

    /// Whether the local part is the password of an Asterisk registration: `register => user:password@host`.
    private func isRegistration(_ start: Int) -> Bool {
        guard start > 0, text[start - 1] == UInt8(ascii: ":") else { return false }
        let words = line(before: start).drop { $0 == UInt8(ascii: ";") || ByteSet.space.contains($0) }
        guard words.starts(with: "register".utf8) else { return false }
        return words.dropFirst("register".utf8.count).first { !ByteSet.space.contains($0) } == UInt8(ascii: "=")
    }

    /// The text before a place in its line, at most 200 bytes.
    private func line(before start: Int) -> ArraySlice<UInt8> {
        var line = start
        while line > 0, text[line - 1] != UInt8(ascii: "\n"), start - line < 200 { line -= 1 }
        return text[line..<start]
    }

    /// Whether a remote login command precedes, or a path on another machine follows.
    private func isLogin(_ start: Int, end: Int) -> Bool {
        if end + 1 < text.count, text[end] == UInt8(ascii: ":"), ByteSet("~/.").contains(text[end + 1]) { return true }
        let words = line(before: start).split { !Self.commandBytes.contains($0) }
        // In `ssh auk systemctl restart wg-quick@wg0`, the name is that of a unit's template.
        let command = words.last { Self.commands.contains(String(decoding: $0, as: UTF8.self)) }
        return command.map { word in Self.loginCommands.contains { word.elementsEqual($0.utf8) } } ?? false
    }

    private static let commands = unitCommands.union(loginCommands)
    private static let unitCommands: Set<String> = [
        "journalctl", "rc-service", "service", "systemctl", "systemd-analyze", "systemd-escape",
    ]
    private static let loginCommands = ["ssh", "scp", "sftp", "rsync", "mosh", "ssh-copy-id", "sshfs"]
}
