/// Finds the values below `data` of a Kubernetes Secret, which are base64 of any length.
package enum SecretData {
    private static let kind = Array("Secret".utf8)

    /// The objects of a text whose kind is Secret.
    package struct Objects {
        /// The keys that lead to each object, and the number of its document.
        private let places: Set<Place>
        /// The starts of the documents after the first, if their keys do not distinguish them.
        private let documents: [Int]

        private struct Place: Hashable {
            var keys: [String]
            var document: Int
        }

        /// Finds the objects of a layer.
        package init(in layer: Layer) {
            // A template that does not parse is read line by line, and all its documents have the same keys.
            let documents = layer.format == .yaml || layer.format == .json ? [] : Self.documents(of: layer.text)
            self.documents = documents
            places = Set(
                SecretData.kinds(in: layer.text, values: layer.values).map { value in
                    Place(keys: value.keyPath.dropLast(), document: Self.document(of: value.span.start, documents))
                }
            )
        }

        /// Whether the object at `keys` that has a value at `offset` is a Secret.
        package func contains(_ keys: [String], at offset: Int) -> Bool {
            places.contains(Place(keys: keys, document: Self.document(of: offset, documents)))
        }

        private static func document(of offset: Int, _ documents: [Int]) -> Int {
            documents.partitioningIndex { $0 > offset }
        }

        private static func documents(of text: [UInt8]) -> [Int] {
            var starts: [Int] = []
            while let mark = text[(starts.last ?? 0)...].firstRange(of: documentMark) { starts.append(mark.upperBound) }
            return starts
        }

        private static let documentMark = Array("\n---".utf8)
    }

    /// Returns the values that make the objects around them Secrets.
    private static func kinds(in text: [UInt8], values: [AddressedValue]) -> [AddressedValue] {
        values.filter { $0.role == .value && $0.span.count == kind.count && $0.key == "kind" }
            .filter { text[$0.span.range].elementsEqual(kind) }
    }

    /// Returns the encoded values of a text, in order, except those that are already `covered`.
    static func runs(in text: [UInt8], values: [AddressedValue], outside covered: [Span]) -> [EncodedRun] {
        let secrets = Set(kinds(in: text, values: values).map { Array($0.keyPath.dropLast()) })
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
