internal import Detecting
internal import Documents

extension RotationPlanMaker {
    /// The size in bytes from which a secret is not called short: 16 hexadecimal digits have the 64 bits of randomness
    /// that RFC 4086 section 8 recommends against guesses that must be tried at a service.
    private static let shortestSecret = 16

    func notes(on group: SecretGrouping.Group) -> [RotationNote] {
        let settings = settings(of: group)
        let text = String(decoding: group.value, as: UTF8.self)
        var notes: [RotationNote] = []
        if catalogue.settings.contains(where: { $0.weakValues.contains(text) }) || SecretGrouping.isCommon(group.value)
        {
            notes.append(.weak)
        } else if group.value.count < Self.shortestSecret {
            notes.append(.short(bytes: group.value.count))
        }
        if settings.count > 1 { notes.append(.reused) }
        let values = settings.map { grouping.valueCount(of: $0.name) }.max() ?? 1
        if values > 1 { notes.append(.several(values: values)) }
        if SecretGrouping.isCommon(group.value) { notes.append(.common) }
        return notes
    }

    /// Returns the given values that a copy of an earlier state also holds.
    func published(_ old: [KnownValue]) -> Set<[UInt8]> {
        guard !old.isEmpty else { return [] }
        let propagation = Propagation(values: old)
        let copies = documents.filter { StrayCopy(path: $0.path) != nil } + archives.flatMap(\.documents)
        return Set(copies.flatMap { propagation.occurrences(in: $0).map { old[$0.value].bytes } })
    }

    /// Returns the places of known secrets by the path of the file: those at their settings, and all others.
    func knownSpans() -> [String: [Span]] {
        let values = grouping.groups.flatMap(\.spellings).map { SecretGrouping.known($0) }
        let propagation = Propagation(values: values)
        var spans: [String: [Span]] = [:]
        for index in live {
            let occurrences = values.isEmpty ? [] : propagation.occurrences(in: documents[index])
            spans[documents[index].path] = occurrences.compactMap { $0.location?.fileSpan }
        }
        for place in grouping.groups.flatMap(\.places) {
            spans[documents[place.document].path, default: []].append(place.location.fileSpan)
        }
        return spans
    }

    func warnings(old: [KnownValue]) -> [RotationWarning] {
        let propagation = old.isEmpty ? nil : Propagation(values: old)
        func replaced(in document: Document) -> Set<[UInt8]> {
            Set(propagation?.occurrences(in: document).map { old[$0.value].bytes } ?? [])
        }
        /// Returns the numbers of replaced secrets and of other secrets in files; nil if the files hold none.
        func secrets(in documents: [Document]) -> (replaced: Int, others: Int)? {
            let replaced = documents.reduce(into: Set()) { $0.formUnion(replaced(in: $1)) }
            let known = Set(documents.flatMap { catalogue.knownSecrets(in: $0, index: 0) }.map(\.value))
            let others = known.subtracting(replaced).count
            return replaced.isEmpty && others == 0 ? nil : (replaced.count, others)
        }
        let opened = Dictionary(archives.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var warnings: [RotationWarning] = []
        for document in documents {
            let archive = opened[document.path]
            if archive?.isComplete == false { warnings.append(.unreadArchive(path: document.path)) }
            if let copy = StrayCopy(path: document.path) {
                guard let (replaced, others) = secrets(in: [document] + (archive?.documents ?? [])) else { continue }
                warnings.append(.secretsRemain(path: document.path, copy: copy, replaced: replaced, others: others))
            } else if let archive {
                guard let (replaced, others) = secrets(in: archive.documents) else { continue }
                warnings.append(.inArchive(path: document.path, replaced: replaced, others: others))
            } else if document.isBinary {
                let replaced = replaced(in: document).count
                if replaced > 0 { warnings.append(.notText(path: document.path, replaced: replaced)) }
            } else if !document.notes.isEmpty {
                warnings.append(.unread(path: document.path))
            }
        }
        return warnings
    }
}
