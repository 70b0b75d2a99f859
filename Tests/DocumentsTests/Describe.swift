@testable import Documents

extension Document {
    /// Makes a document of a string.
    init(_ path: String, _ text: String) { self.init(path: path, bytes: Array(text.utf8)) }

    /// The values of the first layer, one line each: keys, role, encoding and decoded value.
    var summary: [String] { layers[0].summary }
}

extension Layer {
    /// The values, one line each: keys, `=` (`~` in a comment), the decoded value and the encoding.
    ///
    /// Names of settings are left out.
    var summary: [String] {
        values.filter { $0.role != .key }.map { value in
            let decoded = (try? value.encoding.decode(text[value.span.range]).bytes) ?? []
            let sign = value.role == .comment ? "~" : "="
            return
                "\(value.keyPath.joined(separator: "/")) \(sign) \(String(decoding: decoded, as: UTF8.self)) (\(value.encoding.rawValue))"
        }
    }
}
