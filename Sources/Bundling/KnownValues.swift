internal import Detecting
internal import Sanitizing

/// The values that are known of a deployment while it is read, and what counts as the same value.
///
/// A stand-in takes the place of a value in any letter case where that does not matter: `Wren` in a text and `wren` in a
/// domain are one value.
struct KnownValues {
    private let parameters: [String: Parameter]
    /// The values by the names of their parameters.
    private(set) var values: [String: [UInt8]] = [:]

    init(of parameters: [Parameter]) {
        self.parameters = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a parameter, or its new value.
    subscript(name: String) -> [UInt8]? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Whether a value may be that of a parameter: it is the one that is known, or none is.
    func allows(_ value: [UInt8], for name: String) -> Bool {
        guard let known = values[name] else { return true }
        return isSame(known, value, for: name)
    }

    /// Whether two values of a parameter are one.
    func isSame(_ left: [UInt8], _ right: [UInt8], for name: String) -> Bool {
        if left == right { return true }
        let isSecret = parameters[name]?.severity ?? .secret == .secret
        // Of secrets, hexadecimal digits alone are read in either case.
        guard !isSecret || [left, right].allSatisfy({ $0.count >= 16 && $0.allSatisfy(Self.isHexDigit) })
        else { return false }
        return Self.folded(left) == Self.folded(right)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    private static func folded(_ value: [UInt8]) -> String { String(decoding: value, as: UTF8.self).lowercased() }
}
