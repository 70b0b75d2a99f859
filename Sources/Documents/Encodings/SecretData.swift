/// Finds the values below `data` of a Kubernetes Secret, which are base64 of any length.
package enum SecretData {
    private static let kind = Array("Secret".utf8)

    /// The keys that lead to each object of a text whose kind is Secret.
    package static func objects(in layer: Layer) -> Set<[String]> { objects(in: layer.text, values: layer.values) }

    private static func objects(in text: [UInt8], values: [AddressedValue]) -> Set<[String]> {
        Set(
            values.filter { $0.role == .value && $0.span.count == kind.count && $0.key == "kind" }
                .filter { text[$0.span.range].elementsEqual(kind) }
                .map { Array($0.keyPath.dropLast()) }
        )
    }

    /// The encoded values of a text, in order, except those that are already `covered`.
    static func runs(in text: [UInt8], values: [AddressedValue], outside covered: [Span]) -> [EncodedRun] {
        let secrets = objects(in: text, values: values)
        guard !secrets.isEmpty else { return [] }
        let taken = Set(covered)
        return values.compactMap { value in
            guard value.role == .value, value.address?.outer?.key == "data",
                secrets.contains(Array(value.keyPath.dropLast(2))), !taken.contains(value.span),
                let decoded = try? Encoding.base64.decode(text[value.span.range]),
                EncodedRuns.isText(decoded.bytes[...])
            else { return nil }
            return EncodedRun(range: value.span.range, encoding: .base64, decoded: decoded)
        }
    }
}
