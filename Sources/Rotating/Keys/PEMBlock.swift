internal import Sodium

/// A PEM block (RFC 7468): lines of base64 between `-----BEGIN …-----` and `-----END …-----`.
enum PEMBlock {
    /// The type of a block.
    enum Label: String, CaseIterable {
        /// PKCS #8.
        case privateKey = "PRIVATE KEY"
        /// PKCS #1.
        case rsaPrivateKey = "RSA PRIVATE KEY"
    }

    /// The beginning of every block.
    static let mark = Array("-----BEGIN ".utf8)

    private static let lineEnd = UInt8(ascii: "\n")
    /// The number of base64 digits in a line.
    private static let width = 64

    /// Returns the first line of a block, without its line end.
    static func begin(_ label: Label) -> [UInt8] { mark + Array("\(label.rawValue)-----".utf8) }

    /// Returns the last line of a block, without its line end.
    static func end(_ label: Label) -> [UInt8] { Array("-----END \(label.rawValue)-----".utf8) }

    /// Returns the first private key in a text, from its first to its last line; nil if there is none.
    static func privateKey(in text: [UInt8]) -> Range<Int>? {
        for label in Label.allCases {
            guard let start = text.firstRange(of: begin(label)),
                let end = text[start.upperBound...].firstRange(of: end(label))
            else { continue }
            return start.lowerBound..<end.upperBound
        }
        return nil
    }

    /// Returns a block without its final line end.
    static func trimmed(_ block: borrowing SecretBytes) -> SecretBytes {
        var count = block.count
        while count > 0, block[count - 1] == lineEnd { count -= 1 }
        return block.extract(0..<count)
    }

    /// Returns the base64 between the first and the last line, as one line.
    static func body(of block: borrowing SecretBytes) -> SecretBytes {
        let block = trimmed(block)
        let start = block.firstOffset(of: lineEnd).map { $0 + 1 } ?? block.count
        var end = block.count
        while end > start, block[end - 1] != lineEnd { end -= 1 }
        let offsets = (start..<end).filter { block[$0] != lineEnd }
        var body = SecretBytes(count: offsets.count)
        for (index, offset) in offsets.enumerated() { body[index] = block[offset] }
        return body
    }

    /// Makes a block from one line of base64.
    static func wrapped(_ body: borrowing SecretBytes, as label: Label) -> SecretBytes {
        let begin = begin(label) + [lineEnd]
        let end = end(label) + [lineEnd]
        let lineCount = (body.count + width - 1) / width
        var block = SecretBytes(count: begin.count + body.count + lineCount + end.count)
        block.replace(at: 0, with: begin)
        var offset = begin.count
        for index in 0..<body.count {
            block[offset] = body[index]
            offset += 1
            if index % width == width - 1 || index == body.count - 1 {
                block[offset] = lineEnd
                offset += 1
            }
        }
        block.replace(at: offset, with: end)
        return block
    }
}
