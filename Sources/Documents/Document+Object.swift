extension Document {
    /// Whether a file is read as JSON, judging by its name.
    package static func isJSON(path: String) -> Bool {
        let name = FileName(path: path)
        return name.formatByExtension == .json && NamedTable.of(name) == nil
    }

    /// Reads a member of the outermost object of a JSON file by itself.
    ///
    /// The document adds braces around the member, so offsets are one higher than in `member`.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - member: The bytes of the member's name and value.
    package init(path: String, member: ArraySlice<UInt8>) {
        self.init(path: path, object: [.openBrace] + member + [.closeBrace], at: [])
    }

    /// Reads an object of a JSON file by itself, under the keys that lead to it.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - object: The bytes of the object, with its braces.
    ///   - keyPath: The keys from the root of the file to the object.
    package init(path: String, object: [UInt8], at keyPath: [String]) {
        let reading: Reading
        switch JSONReader.read(object, in: object.indices, at: Address.of(keyPath)) {
        case .success(let read): reading = read
        case .failure(let failure):
            var empty = Reading(as: .json)
            empty.notes.append(.init(offset: failure.offset, message: "an object is not JSON (\(failure.message))"))
            reading = empty
        }
        self.init(path: path, bytes: object, reading: reading)
    }
}
