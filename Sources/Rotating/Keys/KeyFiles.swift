internal import Documents

/// The private keys of a deployment that are separate files.
struct KeyFiles {
    private let catalogue: Catalogue
    /// The settings by the names of the files that they refer to.
    private var named: [String: [Catalogue.Setting]] = [:]

    /// Reads the file names from the settings in documents.
    init(named documents: [Document], catalogue: Catalogue) {
        self.catalogue = catalogue
        for document in documents where !document.isExample {
            for found in document.settingValues where !found.isUnset && !found.isReference {
                let settings = catalogue.settings(at: found.keyPath).filter { $0.sort == .keyFilePath && $0.key != nil }
                guard !settings.isEmpty, let name = found.value.split(separator: UInt8(ascii: "/")).last else {
                    continue
                }
                named[String(decoding: name, as: UTF8.self), default: []] += settings
            }
        }
    }

    /// Returns the key in a document that is a key file.
    ///
    /// - Parameters:
    ///   - document: the document.
    ///   - index: its index.
    /// - Returns: the key; nil if the document is not a key file.
    func key(in document: Document, index: Int) -> KnownSetting? {
        let name = String(document.path.split(separator: "/").last ?? "")
        let settings =
            named[name] ?? catalogue.settings.filter { $0.key != nil && $0.files.contains { Self.fits(name, $0) } }
        guard let setting = settings.first, let form = setting.key, let layer = document.layers.first,
            let span = Self.key(form, in: layer.text)
        else { return nil }
        let value = Array(layer.text[span.range])
        return KnownSetting(
            settings: [setting],
            isName: true,
            value: value,
            meaning: value,
            location: layer.location(of: span),
            document: index
        )
    }

    private static func key(_ form: KeyForm, in text: [UInt8]) -> Span? {
        switch form {
        case .rsa: return PEMBlock.privateKey(in: text).map { Span($0.lowerBound, $0.upperBound) }
        case .ed25519:
            // `ed25519 a_AbCd …`: the algorithm, the name of the key, the seed.
            let mark = Array("ed25519 ".utf8)
            guard text.starts(with: mark) else { return nil }
            let line = text[mark.count...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return line.isEmpty ? nil : Span(line.startIndex, line.endIndex)
        case .x25519: return nil
        }
    }

    private static func fits(_ name: String, _ pattern: String) -> Bool {
        guard pattern.hasPrefix("*") else { return name == pattern }
        return name.hasSuffix(pattern.dropFirst())
    }
}
