/// A DER element (ITU-T X.690): a tag and the place of its contents.
struct DERElement {
    let tag: UInt8
    let contents: Range<Int>

    /// Whether the contents are elements.
    var isConstructed: Bool { tag & 0x20 != 0 }

    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static let objectIdentifier: UInt8 = 0x06
    static let octetString: UInt8 = 0x04

    /// Reads the element at `offset`, which must end by `end`; nil if it is malformed.
    init?(in bytes: [UInt8], at offset: Int, before end: Int) {
        guard offset >= 0, offset + 1 < end, bytes[offset] & 0x1f != 0x1f else { return nil }
        tag = bytes[offset]
        var length = Int(bytes[offset + 1])
        var start = offset + 2
        if length >= 0x80 {
            let count = length & 0x7f
            guard (1...4).contains(count), start + count <= end else { return nil }
            length = bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        // The remaining part of an abridged body can still be read.
        contents = start..<min(start + length, end)
    }

    /// The child elements, up to the first malformed one.
    func children(in bytes: [UInt8]) -> [DERElement] {
        var children: [DERElement] = []
        var offset = contents.lowerBound
        while let child = DERElement(in: bytes, at: offset, before: contents.upperBound) {
            children.append(child)
            offset = child.contents.upperBound
        }
        return children
    }
}
