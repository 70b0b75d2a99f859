import Documents
import TestKit
import Testing

/// What must hold for every document: the samples, the files of `fixtures` and documents made at random.
@Suite struct PropertyTests {
    /// A file to read.
    struct File: Sendable, CustomTestStringConvertible {
        var path: String
        var bytes: [UInt8]
        var testDescription: String { path }
    }

    static let fixtures: [File] = {
        let folder = Repository.root + "/fixtures"
        return Folder.files(below: folder).compactMap { path in
            Folder.contents(of: "\(folder)/\(path)").map { File(path: path, bytes: $0) }
        }
        .filter { $0.bytes.count < 1 << 17 }
    }()

    static let samples: [File] = [
        ReaderTests.dotenv, ReaderTests.yaml, ReaderTests.templates, ReaderTests.json, ReaderTests.properties,
        ReaderTests.ini, ReaderTests.iniStyles, ReaderTests.toml, ReaderTests.assignments, ReaderTests.moreAssignments,
        ReaderTests.prose,
        TableReaderTests.system, TableReaderTests.ssh, TableReaderTests.keywords, TableReaderTests.zones,
        TableReaderTests.delimited, TableReaderTests.markdown, TableReaderTests.directories,
    ].flatMap { $0 }.map { File(path: $0.path, bytes: $0.text.bytes) }

    static let random: [File] = (0..<60).map { seed in
        var generator = SeededGenerator(seed: UInt64(seed))
        return RandomDocument.make(using: &generator)
    }

    // MARK: - Nothing changes unasked

    @Test(arguments: fixtures + samples + random) func writingEachValueAgainChangesNothing(file: File) throws {
        let document = Document(path: file.path, bytes: file.bytes)
        #expect(document.layers[0].text == file.bytes)
        #expect(try document.applying([]).bytes == file.bytes)
        for layer in document.layers {
            var edits: [Edit] = []
            var end = 0
            for value in layer.values.sorted(by: { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }) {
                guard value.span.start >= end, !value.span.isEmpty else { continue }
                end = value.span.end
                let location = layer.location(of: value.span)
                edits.append(Edit(location, replacement: try document.value(at: location)))
            }
            let edited = try document.applying(edits)
            #expect(edited.bytes == file.bytes)
            #expect(edited.locations == edits.map(\.location))
        }
    }

    @Test(arguments: fixtures + samples + random) func valuesAreApartOrInsideOfEachOther(file: File) {
        for layer in Document(path: file.path, bytes: file.bytes).layers {
            #expect(layer.values.map(\.span) == layer.values.map(\.span).sorted())
            var open: [AddressedValue] = []
            for value in layer.values.sorted(by: { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }) {
                while let last = open.last, last.span.end <= value.span.start, last.span != value.span {
                    open.removeLast()
                }
                if let last = open.last {
                    #expect(last.span.contains(value.span), "\(last) \(value)")
                    #expect(last.encoding == value.encoding, "\(last) \(value)")
                }
                if !value.span.isEmpty { open.append(value) }
            }
            for (left, right) in zip(layer.covered, layer.covered.dropFirst()) { #expect(left.end <= right.start) }
        }
    }

    @Test(arguments: fixtures + samples + random) func readingIsDeterministic(file: File) {
        let first = Document(path: file.path, bytes: file.bytes)
        let second = Document(path: file.path, bytes: file.bytes)
        #expect(first.layers.map(\.values) == second.layers.map(\.values))
        #expect(first.notes == second.notes)
    }

    // MARK: - One value changes alone

    /// A value of any layer with its keys from the root of the file.
    struct Entry: Hashable, CustomStringConvertible {
        var keyPath: [String]
        var value: [UInt8]
        var fileSpan: Span
        var location: Location
        var description: String {
            "\(keyPath.joined(separator: "/")) = \(String(decoding: value, as: UTF8.self)) \(fileSpan)"
        }
    }

    func entries(of document: Document) throws -> [Entry] {
        try document.layers.flatMap { layer in
            try layer.values.filter { $0.role != .key }.map { value in
                let location = layer.location(of: value.span)
                let decoded = try document.value(at: location)
                return Entry(
                    keyPath: layer.keyPath + value.keyPath,
                    value: decoded,
                    fileSpan: location.fileSpan,
                    location: location
                )
            }
        }
    }

    /// The keys of what names the value beside it.
    private static let nameKeys: Set<String> = [
        "name", "key", "Name", "Key", "path", "dest", "ParameterKey", "option_name", "OptionName",
    ]

    @Test(arguments: fixtures + samples + random) func aReplacedValueIsFoundAtItsKeysAndNoOtherChanges(file: File)
        throws
    {
        let document = Document(path: file.path, bytes: file.bytes)
        let before = try entries(of: document)
        var generator = SeededGenerator(seed: UInt64(file.bytes.count))
        // The name in a pair of name and value is a key of the value.
        let names = Set(document.layers[0].values.filter { $0.role == .key }.map(\.span))
        let candidates = before.filter { entry in
            !Self.nameKeys.contains(entry.keyPath.last ?? "") && !names.contains(entry.fileSpan)
        }
        for entry in candidates.shuffled(using: &generator).prefix(12) {
            let tokens = ["Tok3nX9", "81", "8.25", "false", "null", "2031-01-02"].map { Array($0.utf8) }
            let edits = tokens.lazy.compactMap { token in
                (try? document.applying([Edit(entry.location, replacement: token)])).map { (token, $0) }
            }
            guard let (token, edited) = edits.first(where: { _ in true }) else {
                Issue.record("no token can take the place of \(entry)")
                continue
            }
            let place = edited.locations[0].fileSpan
            let again = Document(path: file.path, bytes: edited.bytes)
            let after = try entries(of: again)
            // Without what kept it from being YAML a template may become YAML.
            guard again.layers[0].format == document.layers[0].format else {
                #expect(!document.notes.isEmpty, "\(entry)")
                continue
            }
            // A token that needs no percent-encoding is no text of its own any more.
            guard !entry.keyPath.isEmpty || document.layers[0].values.contains(where: { $0.keyPath.isEmpty }) else {
                continue
            }
            #expect(
                after.contains { $0.keyPath == entry.keyPath && $0.value == token && place.contains($0.fileSpan) },
                "\(entry)"
            )
            // Inside of an opaque text the neighbours have the same span in the file.
            guard entry.location.steps.count == 1 else { continue }
            let others = before.filter { !$0.fileSpan.overlaps(entry.fileSpan) && $0.fileSpan != entry.fileSpan }
            let othersAfter = after.filter { !$0.fileSpan.overlaps(place) && $0.fileSpan != place }
            let left = others.filter { !entry.fileSpan.contains($0.fileSpan) && !$0.fileSpan.contains(entry.fileSpan) }
            let right = othersAfter.filter { !place.contains($0.fileSpan) && !$0.fileSpan.contains(place) }
            #expect(left.map(\.keyPath) == right.map(\.keyPath), "\(entry)")
            #expect(left.map(\.value) == right.map(\.value), "\(entry)")
        }
    }

    // MARK: - Any bytes can be read

    @Test(arguments: 0..<24) func anyBytesCanBeRead(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(1000 + seed))
        let alphabet = Array("ab=: \n\n\"'\\{}[]()<>#;,-$%&|`/*!@?.+~0é".utf8) + [0x09, 0x0D, 0xC3, 0x80]
        for path in HostileTests.paths {
            let count = Int.random(in: 0...600, using: &generator)
            let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            let document = Document(path: path, bytes: bytes)
            #expect(try document.applying([]).bytes == bytes)
            for layer in document.layers {
                for value in layer.values {
                    let location = layer.location(of: value.span)
                    let decoded = try document.value(at: location)
                    guard !value.span.isEmpty else { continue }
                    #expect(try document.applying([Edit(location, replacement: decoded)]).bytes == bytes)
                }
            }
        }
    }
}
