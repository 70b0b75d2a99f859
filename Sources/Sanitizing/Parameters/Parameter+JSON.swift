internal import Detecting
package import Documents

extension Parameter.Generator {
    /// The generator as `parameters.json` and reports write it.
    package var json: JSONValue {
        switch self {
        case .hex(let bytes): ["form": "hex", "bytes": .integer(bytes)]
        case .base64url(let bytes): ["form": "base64url", "bytes": .integer(bytes)]
        }
    }
}

extension Parameter.Origin {
    /// The origin as `parameters.json` and reports write it.
    package var json: JSONValue {
        ["parameter": .string(parameter), "derivation": .string(derivation.rawValue)]
    }
}
