internal import Detecting
internal import Documents

/// Shows lines of an owner's files with masked values.
///
/// A setting's name is shown if the bundle has it or if it is an environment variable.
struct MaskedLines {
    /// The words of public texts.
    private let known: Set<String>

    /// Prepares to mask lines.
    ///
    /// - Parameter texts: public texts.
    init(among texts: [[UInt8]]) { known = Self.words(in: texts) }

    /// Returns lines of a file with masked values.
    ///
    /// - Parameters:
    ///   - numbers: the line numbers, from 1.
    ///   - path: the file's path, which determines its format.
    ///   - bytes: the file's contents.
    /// - Returns: the masked lines by number.
    func masked(_ numbers: [Int], of path: String, _ bytes: [UInt8]) -> [Int: String] {
        let document = Document(path: path, bytes: bytes)
        let wanted = Set(numbers)
        var starts: [Int] = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
        var parts: [Int: [String]] = [:]
        for value in document.layers.first?.outermostValues ?? [] where value.role != .key {
            let line = starts.partitioningIndex { $0 > value.span.start }
            guard wanted.contains(line) else { continue }
            let raw = Array(bytes[value.span.range])
            let names = value.keyPath.filter { Int($0) == nil }.map { isPublic($0) ? $0 : "…" }
            let mask = raw.isEmpty ? "empty" : Mask.mask(raw, kind: .password)
            parts[line, default: []].append(names.isEmpty ? mask : "\(names.joined(separator: ".")): \(mask)")
        }
        return Dictionary(
            numbers.map { number in
                let end = number < starts.count ? starts[number] - 1 : bytes.count
                let count = max(0, end - starts[number - 1])
                return (number, parts[number]?.joined(separator: ", ") ?? "\(count) bytes")
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func isPublic(_ name: String) -> Bool { known.contains(name) || Self.isVariable(name) }

    /// Whether a name is spelled like an environment variable: words of capital letters.
    ///
    /// Long words, and words with digits that are longer than `IPV6` or `P2P`, may be account keys.
    private static func isVariable(_ name: String) -> Bool {
        name.split(separator: "_").allSatisfy { word in
            let hasDigits = word.utf8.contains(where: \.isDigit)
            return word.utf8.count <= (hasDigits ? 5 : 14)
                && word.utf8.allSatisfy(\.isCapitalVariableByte)
        }
    }

    /// Returns the words of public texts.
    private static func words(in texts: [[UInt8]]) -> Set<String> {
        var words: Set<String> = []
        for text in texts {
            let parts = text.split { !($0.isVariableByte || $0 == UInt8(ascii: "-")) }
            for part in parts where part.count < 64 { words.insert(String(decoding: part, as: UTF8.self)) }
        }
        return words
    }
}

extension [Int] {
    /// Returns the first position for which the predicate holds; it must hold for all later ones, too.
    fileprivate func partitioningIndex(where isBehind: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
