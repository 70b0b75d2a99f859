/// The suffixes of copies and templates: `hosts.orig`, `shadow-`, `.env.bak2`, `main.tf.20240131`, `a.conf~`.
///
/// A copy is read in the format of the name without the suffixes.
package enum CopySuffix {
    /// The suffixes of an earlier state of a file.
    private static let backups: [StaticString] = [
        ".bak", ".backup", ".bkp", ".bk", ".old", ".orig", ".original", ".save", ".saved", ".working", ".copy", ".prev",
        ".previous", ".last", ".dpkg-old", ".dpkg-bak", ".ucf-old", ".rpmsave", ".rpmorig", ".pacsave", " copy", "~",
    ]
    /// The words that end the name of an earlier state of a file, but also the names of programs.
    private static let words: [StaticString] = [
        "-bak", "-backup", "-old", "-orig", "-copy", "_bak", "_backup", "_old", "_orig", "_copy",
    ]
    /// The suffixes of files that are not in use, or not yet: templates, samples, and files that a package installs.
    private static let others: [StaticString] = [
        ".new", ".tmp", ".temp", ".off", ".disabled", ".inactive", ".example", ".sample", ".dist", ".default",
        ".template", ".tmpl", ".tpl", ".j2", ".jinja2", ".gotmpl", ".ctmpl", ".erb", ".in", ".dpkg-dist", ".dpkg-new",
        ".ucf-dist", ".ucf-new", ".rpmnew", ".pacnew",
    ]
    private static let suffixes = backups + words + others

    /// Whether the last suffix of a name, possibly followed by a running number, is that of an earlier state of a file.
    ///
    /// A word counts only after the name of a settings file: `env-backup` and `app.conf_old` are copies, whereas
    /// `create_backup` is a program.
    package static func isBackup(_ name: [UInt8]) -> Bool {
        let plain = name[..<(name.count - name.reversed().prefix(while: \.isDigit).count)]
        return [name[...], plain].contains { name in
            if backups.contains(where: { hasSuffix(name, $0) }) { return true }
            guard let word = words.first(where: { hasSuffix(name, $0) }) else { return false }
            let file = name.dropLast(word.utf8CodeUnitCount)
            return file.contains(.dot) || file.elementsEqual("env".utf8)
        }
    }

    /// Returns `name` without these suffixes, as long as something remains.
    static func removed(from name: [UInt8]) -> [UInt8] {
        var name = name[...]
        while let end = endOfOriginal(name), end > 0 { name = name[..<end] }
        return Array(name)
    }

    /// The end of the name before its last suffix.
    private static func endOfOriginal(_ name: ArraySlice<UInt8>) -> Int? {
        guard let last = name.last else { return nil }
        switch last {
        case _ where last.isDigit:
            return beforeNumber(name)
        case .dash:
            return name.count - 1
        case .closeParenthesis:
            // `config (1).yml` keeps its extension; `config.yml (copy)` does not.
            guard let open = name.lastIndex(of: .openParenthesis), open > 0, name[open - 1] == .space else {
                return nil
            }
            return open - 1
        default:
            return suffixes.first { hasSuffix(name, $0) }.map { name.count - $0.utf8CodeUnitCount }
        }
    }

    /// The end of the name before a date, a time or a running number: `.20240131`, `-2024-01-31_1230`, `.bak2`, `.1`.
    private static func beforeNumber(_ name: ArraySlice<UInt8>) -> Int? {
        var start = name.endIndex
        var digits = 0
        while start > 0, name[start - 1].isDigit || isInDate(name[start - 1]) && start < name.count {
            if name[start - 1].isDigit { digits += 1 }
            start -= 1
        }
        while start < name.count, !name[start].isDigit { start += 1 }
        let number = name[start...]
        if digits >= 6, number.starts(with: [0x31, 0x39]) || number.starts(with: [0x32, 0x30]), start > 1,
            !name[start - 1].isLetter
        {
            return start - 1
        }
        // For a running number, the rest without the digits must have a copy's suffix, or be a name with a dot.
        var word = name.endIndex
        while word > 0, name[word - 1].isDigit { word -= 1 }
        guard word > 0, name.count - word <= 3 else { return nil }
        if suffixes.contains(where: { hasSuffix(name[..<word], $0) }) { return word }
        let stem = name[..<(word - 1)]
        let isNumbered = name[word - 1] == .dot && stem.contains(.dot) && !(stem.last?.isDigit ?? true)
        return isNumbered && stem.first != .dot ? word - 1 : nil
    }

    private static func isInDate(_ byte: UInt8) -> Bool {
        [.dot, .dash, .underscore, .colon, UInt8(ascii: "T"), UInt8(ascii: "t")].contains(byte)
    }

    private static func hasSuffix(_ name: ArraySlice<UInt8>, _ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        guard name.count > count else { return false }
        return suffix.withUTF8Buffer { buffer in
            // A comparison of the last letters rules out most suffixes.
            guard unsafe name[name.endIndex - 1] | 0x20 == buffer[count - 1] | 0x20 else { return false }
            for offset in 0..<count where unsafe name[name.endIndex - count + offset] | 0x20 != buffer[offset] | 0x20 {
                return false
            }
            return true
        }
    }
}
