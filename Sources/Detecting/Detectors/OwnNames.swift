internal import Documents

/// Says which values only repeat what stands around them: the name of the program that a unit or a container runs, or
/// an argument that a program looks something up with.
struct OwnNames {
    /// What the file is for.
    let traits: FileTraits

    /// Whether the value of a setting with `keyPath` is the name of the program that it is about.
    ///
    /// The account `auk` of `auk-server.service` is the program's, and the machine `web` of the service `web` is a
    /// container.
    func repeatsProgram(_ value: [UInt8], kind: Kind, keyPath: [String]) -> Bool {
        switch kind {
        case .userName:
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

    /// Whether a text in quotes is what a program looks up or says, as in `password = form.get("password1")` and
    /// `raise ValueError("Password is required.")`.
    func isArgument(_ span: Span, in text: [UInt8]) -> Bool {
        guard traits.isProgram, span.start > 2, ByteSet("\"'").contains(text[span.start - 1]),
            text[span.start - 2] == UInt8(ascii: "(")
        else { return false }
        let name = text[max(0, span.start - 42)..<(span.start - 2)].reversed().prefix { ByteSet.letters.contains($0) }
        let function = String(decoding: name.reversed(), as: UTF8.self)
        return Self.lookups.contains(function) || Self.sayings.contains { function.hasSuffix($0) }
    }

    private static let lookups: Set<String> = [
        "get", "getlist", "pop", "getString", "getItem", "input", "getpass", "prompt", "print", "log", "debug", "info",
        "warn", "warning", "error",
    ]
    private static let sayings = ["Error", "Exception", "Failure"]
}
