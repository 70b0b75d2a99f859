internal import Sodium

/// A STUN message (RFC 8489), as far as a TURN allocation needs it.
struct STUNMessage {
    /// The types of messages that are sent or expected (RFC 8656 section 17).
    enum Kind {
        static let allocate: UInt16 = 0x0003
        static let allocated: UInt16 = 0x0103
        static let refresh: UInt16 = 0x0004
    }

    /// The attributes that are sent or expected.
    enum Attribute: UInt16 {
        case userName = 0x0006
        case messageIntegrity = 0x0008
        case errorCode = 0x0009
        case lifetime = 0x000D
        case realm = 0x0014
        case nonce = 0x0015
        case requestedTransport = 0x0019
    }

    private static let cookie: [UInt8] = [0x21, 0x12, 0xA4, 0x42]
    private static let headerSize = 20

    let kind: UInt16
    private let transaction: [UInt8]
    private var attributes: [(type: UInt16, value: [UInt8])] = []

    /// Makes a message without attributes; the transaction id has 12 bytes.
    init(_ kind: UInt16, transaction: [UInt8]) {
        self.kind = kind
        self.transaction = transaction
    }

    /// Reads a message; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let length = Self.length(of: bytes), length == bytes.count, Array(bytes[4..<8]) == Self.cookie else {
            return nil
        }
        kind = Self.number(bytes, at: 0)
        transaction = Array(bytes[8..<Self.headerSize])
        var offset = Self.headerSize
        while offset + 4 <= bytes.count {
            let size = Int(Self.number(bytes, at: offset + 2))
            guard offset + 4 + size <= bytes.count else { return nil }
            attributes.append((Self.number(bytes, at: offset), Array(bytes[(offset + 4)..<(offset + 4 + size)])))
            offset += 4 + (size + 3) / 4 * 4
        }
    }

    /// Returns the length of the message at the beginning of `bytes`; nil if it is incomplete.
    static func length(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= headerSize else { return nil }
        let length = headerSize + Int(number(bytes, at: 2))
        return bytes.count >= length ? length : nil
    }

    /// Whether this message answers another one.
    func answers(_ request: STUNMessage) -> Bool { transaction == request.transaction }

    /// Returns the value of an attribute; nil if there is none.
    func value(of attribute: Attribute) -> [UInt8]? { attributes.first { $0.type == attribute.rawValue }?.value }

    /// The code of an error (RFC 8489 section 14.8).
    var errorCode: Int? {
        guard let value = value(of: .errorCode), value.count >= 4 else { return nil }
        return Int(value[2] & 7) * 100 + Int(value[3])
    }

    /// Adds an attribute.
    mutating func add(_ attribute: Attribute, _ value: [UInt8]) { attributes.append((attribute.rawValue, value)) }

    /// Returns the bytes of the message.
    func bytes() -> [UInt8] { header(length: body.count) + body }

    /// Returns the bytes of the message with the proof that its sender knows `key` (RFC 8489 section 14.5).
    func bytes(provedWith key: [UInt8]) -> [UInt8] {
        var proved = self
        let body = body
        let code = ProofHash.sha1.authenticationCode(of: header(length: body.count + 24) + body, key: key)
        proved.add(.messageIntegrity, code)
        return proved.bytes()
    }

    private var body: [UInt8] {
        var bytes: [UInt8] = []
        for attribute in attributes {
            bytes += Self.bytes(attribute.type)
            bytes += Self.bytes(UInt16(attribute.value.count))
            bytes += attribute.value
            bytes += [UInt8](repeating: 0, count: (4 - attribute.value.count % 4) % 4)
        }
        return bytes
    }

    private func header(length: Int) -> [UInt8] {
        Self.bytes(kind) + Self.bytes(UInt16(length)) + Self.cookie + transaction
    }

    private static func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }

    private static func number(_ bytes: [UInt8], at offset: Int) -> UInt16 {
        UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }
}
