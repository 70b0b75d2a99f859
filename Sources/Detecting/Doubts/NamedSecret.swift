internal import Documents

/// Recognises values of settings for secrets that are names of secrets, or public keys.
struct NamedSecret {
    /// The claim about the value.
    let claim: DocumentDetector.Claim
    /// The format of the text that contains it; nil for a path.
    let format: Format?

    /// Whether the value is not a secret itself.
    func isOne(_ value: [UInt8]) -> Bool {
        isPublicKeyOfServer || isNameInQuadlet || isNameOfMountedSecret(value) || isDeclared(value) || isMacro(value)
    }

    /// Whether the value is a key by which servers of Matrix verify what others have signed.
    ///
    /// Source:
    /// https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#trusted_key_servers
    private var isPublicKeyOfServer: Bool {
        claim.keyPath.contains { Self.groupsOfPublicKeys.contains($0.lowercased()) }
    }

    private static let groupsOfPublicKeys: Set<String> = ["verify_keys", "old_verify_keys", "old_signing_keys"]

    /// Whether the value is the name of a secret of Podman in the unit of a container.
    ///
    /// Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html#secret
    private var isNameInQuadlet: Bool { claim.keyPath.suffix(2) == ["Container", "Secret"] }

    /// Whether the value is the name of a secret that Docker mounts: the file mentions `/run/secrets/` with it.
    private func isNameOfMountedSecret(_ value: [UInt8]) -> Bool {
        guard isSearched, value.allSatisfy(Self.nameBytes.contains) else { return false }
        var rest = claim.text[...]
        while let mount = rest.firstRange(of: Self.mounts) {
            rest = rest[mount.upperBound...]
            if rest.starts(with: value), rest.dropFirst(value.count).first.map(Self.nameBytes.contains) != true {
                return true
            }
        }
        return false
    }

    /// Whether a compose file lists the value among its secrets, whose texts are elsewhere.
    private func isDeclared(_ value: [UInt8]) -> Bool {
        guard format == .yaml, isSearched, let list = claim.text.firstRange(of: Self.declarations) else { return false }
        let lines = claim.text[list.upperBound...].split(separator: UInt8(ascii: "\n")).prefix {
            $0.first.map(ByteSet.blank.contains) ?? false
        }
        return lines.contains { line in
            line.drop(while: ByteSet.blank.contains).elementsEqual(value + [UInt8(ascii: ":")])
        }
    }

    /// Whether the text is small enough to be searched for each of its secrets.
    private var isSearched: Bool { claim.text.count <= 1 << 16 }
    private static let declarations = Array("\nsecrets:\n".utf8)
    private static let mounts = Array("/run/secrets/".utf8)
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_.-"))

    /// Whether the value is the name of a macro of ejabberd, which stands for the secret.
    ///
    /// Source: https://docs.ejabberd.im/admin/configuration/file-format/#macros
    private func isMacro(_ value: [UInt8]) -> Bool {
        guard format == .yaml, isSearched, value.contains(UInt8(ascii: "_")),
            value.allSatisfy(Self.macroBytes.contains), value.first.map(ByteSet.letters.contains) == true,
            claim.span.start > 0, claim.text[claim.span.start - 1] == UInt8(ascii: "'")
        else { return false }
        return Self.optionsOfEjabberd.contains { claim.text.firstRange(of: $0) != nil }
    }

    private static let macroBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
    private static let optionsOfEjabberd = [
        "define_macro:", "include_config_file:", "host_config:", "sql_type:", "auth_method:", "mod_",
    ].map { Array($0.utf8) }
}
