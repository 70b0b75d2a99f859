/// The texts that stand encoded as a whole in another, decoded for the residue check alone: what is compressed and written in
/// base64, and mails in quoted-printable.
enum EncodedTexts {
    /// What tells of such a text; its bytes are looked for with the values.
    enum Mark: String, Sendable, CaseIterable {
        /// The first bytes of gzip in base64.
        case gzip
        /// These digits in base64 once more, so many bytes behind a group of three.
        case nestedGzip0, nestedGzip1, nestedGzip2
        /// The name of quoted-printable.
        case quotedPrintable

        /// The bytes.
        var bytes: [UInt8] {
            switch self {
            case .gzip: Array("H4sI".utf8)
            case .nestedGzip0: ResidueForms.base64(Mark.gzip.bytes, at: 0)
            case .nestedGzip1: ResidueForms.base64(Mark.gzip.bytes, at: 1)
            case .nestedGzip2: ResidueForms.base64(Mark.gzip.bytes, at: 2)
            case .quotedPrintable: Array("quoted-printable".utf8)
            }
        }

        /// How many digits of the group of four, in which the first byte stands, are before the mark.
        fileprivate var digitsBefore: Int {
            switch self {
            case .gzip, .nestedGzip0, .quotedPrintable: 0
            case .nestedGzip1: 2
            case .nestedGzip2: 3
            }
        }
    }

    /// Decodes the texts at some marks of `text`, which are in its order.
    static func decoded(in text: [UInt8], at marks: [(mark: Mark, start: Int)]) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        if marks.contains(where: { $0.mark == .quotedPrintable }) { texts.append(quotedPrintable(text)) }
        var end = 0
        for (mark, start) in marks where mark != .quotedPrintable && start >= end {
            let first = start - mark.digitsBefore
            guard first >= 0 else { continue }
            let run = base64(text, from: first)
            texts.append(run.bytes)
            end = run.end
        }
        return texts
    }

    /// What the digits of base64 from `start` on decode to, over line breaks and the escapes that stand for them.
    private static func base64(_ text: [UInt8], from start: Int) -> (bytes: [UInt8], end: Int) {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var index = start
        while index < text.count {
            let byte = text[index]
            let isEscape = byte == UInt8(ascii: "\\") && index + 1 < text.count && "nrt".utf8.contains(text[index + 1])
            if isEscape || " \n\r\t".utf8.contains(byte) {
                index += isEscape ? 2 : 1
                continue
            }
            guard let digit = DigitText.base64Digit(byte) else { break }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
            index += 1
        }
        return (bytes, index)
    }

    /// A text with the escapes of quoted-printable and the line breaks that are none taken out of all of it.
    private static func quotedPrintable(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "=") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            if index + 2 < text.count, let high = DigitCoding.digit(text[index + 1]),
                let low = DigitCoding.digit(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            var next = index + 1
            while next < text.count, " \t\r".utf8.contains(text[next]) { next += 1 }
            if next < text.count, text[next] == UInt8(ascii: "\n") {
                index = next + 1
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }
}
