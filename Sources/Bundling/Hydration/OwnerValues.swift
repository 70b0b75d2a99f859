internal import Detecting
internal import Sanitizing

/// The values of a deployment that are known so far while it is read, and the rules for when two values are equal.
///
/// A stand-in replaces a value in any letter case if letter case does not matter: `Wren` in a text and `wren` in a
/// domain are one value.
struct OwnerValues {
    private let parameters: [String: Parameter]
    /// The values by parameter name.
    private(set) var values: [String: [UInt8]] = [:]

    init(of parameters: [Parameter]) {
        self.parameters = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The known value of a parameter.
    subscript(name: String) -> [UInt8]? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Whether a value is possible for a parameter: it equals the known one, or none is known.
    func allows(_ value: [UInt8], for name: String) -> Bool {
        guard let known = values[name] else { return true }
        return isSame(known, value, for: name)
    }

    /// Whether two values of a parameter are equal.
    func isSame(_ left: [UInt8], _ right: [UInt8], for name: String) -> Bool {
        if left == right { return true }
        let isSecret = parameters[name]?.severity ?? .secret == .secret
        // Among secrets, only hexadecimal digits are equal in either case.
        guard !isSecret || [left, right].allSatisfy({ $0.count >= 16 && $0.allSatisfy(Self.isHexDigit) })
        else { return false }
        return Self.folded(left) == Self.folded(right)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    private static func folded(_ value: [UInt8]) -> String { String(decoding: value, as: UTF8.self).lowercased() }
}
