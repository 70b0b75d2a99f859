/// A compact form of a tree that loads in a fraction of the time that parsing YAML takes.
///
/// A node is its text, or 0 if it has none, then the number of its entries, then each entry's name and node. A text is
/// its length plus one, then its bytes. Numbers are little-endian with seven bits in each byte; the eighth bit shows
/// that more bytes follow.
extension SettingTree {
    /// Returns the tree as bytes, without the entries named in `dropped`, at any depth.
    func serialized(without dropped: Set<String> = []) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, without: dropped)
        return bytes
    }

    /// Reads the result of ``serialized(without:)``; nil if the bytes are anything else.
    init?(serialized bytes: [UInt8]) {
        var reader = CompactReader(bytes: bytes)
        guard let tree = reader.tree(depth: 0), reader.isAtEnd else { return nil }
        self = tree
    }

    private func write(to bytes: inout [UInt8], without dropped: Set<String>) {
        Self.write(text, to: &bytes)
        let names = names.filter { !dropped.contains($0) }
        Self.write(names.count, to: &bytes)
        for name in names {
            Self.write(name, to: &bytes)
            self[name]?.write(to: &bytes, without: dropped)
        }
    }

    private static func write(_ text: String?, to bytes: inout [UInt8]) {
        guard let text else { return bytes.append(0) }
        write(text.utf8.count + 1, to: &bytes)
        bytes += text.utf8
    }

    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads the compact form of a tree.
private struct CompactReader {
    let bytes: [UInt8]
    var position = 0

    private static let depthLimit = 32

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func tree(depth: Int) -> SettingTree? {
        guard depth < Self.depthLimit, let text = text(), let count = number() else { return nil }
        var tree = SettingTree(text: text.value)
        for _ in 0..<count {
            guard let name = self.text()?.value, let entry = self.tree(depth: depth + 1) else { return nil }
            tree.add(entry, named: name)
        }
        return tree
    }

    private mutating func number() -> Int? {
        var number = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            number |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// Reads a text or its absence; nil if the bytes end too early.
    private mutating func text() -> (value: String?, Void)? {
        guard let number = number() else { return nil }
        guard number > 0 else { return (nil, ()) }
        let end = position + number - 1
        guard end <= bytes.count else { return nil }
        defer { position = end }
        return (String(decoding: bytes[position..<end], as: UTF8.self), ())
    }
}
