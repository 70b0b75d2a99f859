internal import Sodium

/// A checksum inside the values of a format, which distinguishes issued values from those that only look like one.
///
/// A wrong checksum lowers the confidence of a finding but does not drop it, because a mistyped token is still a token.
enum Checksum: String, Hashable, Sendable, CaseIterable {
    /// The last six base62 digits are the CRC-32 of the thirty characters between the prefix and them; used by GitHub.
    case crc32Body
    /// The base62 digits after the last `_` are the CRC-32 of everything before it; used by Matrix servers.
    case crc32Whole
    /// The eight hexadecimal digits after the last `_` are the CRC-32 of everything before it, least significant byte
    /// first; used by Grafana.
    case crc32Hex
    /// The base64url after `-` is a complete binary macaroon, version 2; used by PyPI.
    case macaroon
    /// Bech32 (BIP 173) without its length limit; used by age.
    case bech32
    /// Base58Check; used by Bitcoin.
    case base58Check

    /// The checksum in one phrase, for the rule reference.
    var meaning: String {
        switch self {
        case .crc32Body: "the CRC-32 of its thirty random characters, in base62"
        case .crc32Whole: "the CRC-32 of everything before the last underscore, in base62"
        case .crc32Hex: "the CRC-32 of everything before the last underscore, in hexadecimal"
        case .macaroon: "it is a complete macaroon"
        case .bech32: "Bech32"
        case .base58Check: "Base58Check"
        }
    }

    /// Whether the checksum of `value` is correct; nil if values of this form have none.
    func verifies(_ value: [UInt8]) -> Bool? {
        switch self {
        case .crc32Body:
            guard let underscore = value.lastIndex(of: UInt8(ascii: "_")) else { return nil }
            let body = value[(underscore + 1)...]
            guard body.count == 36 else { return nil }
            return CRC32.base62(of: body.prefix(30)).elementsEqual(body.suffix(6))
        case .crc32Whole:
            guard let underscore = value.lastIndex(of: UInt8(ascii: "_")) else { return nil }
            return CRC32.base62(of: value[..<underscore]).elementsEqual(value[(underscore + 1)...])
        case .crc32Hex:
            guard let underscore = value.lastIndex(of: UInt8(ascii: "_")) else { return nil }
            let checksum = CRC32.checksum(of: value[..<underscore]).byteSwapped
            return UInt32(String(decoding: value[(underscore + 1)...], as: UTF8.self), radix: 16) == checksum
        case .macaroon:
            guard let dash = value.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            return Macaroon.isWhole(base64: value[(dash + 1)...])
        case .bech32: return Bech32.verifies(value)
        case .base58Check: return Base58.verifies(value)
        }
    }
}
