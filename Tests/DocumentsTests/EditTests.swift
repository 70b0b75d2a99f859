import Documents
import Testing

@Suite struct EditTests {
    let bytes = Array("zero one two three".utf8)

    func edit(_ start: Int, _ end: Int, _ text: String, _ encodings: [Encoding] = []) -> Edit {
        Edit(Location(Span(start, end), encodings), replacement: Array(text.utf8))
    }

    @Test func editsInAnyOrderGiveTheirNewPlaces() throws {
        let result = try Edit.apply([edit(13, 18, "3"), edit(0, 4, "nought"), edit(9, 12, "")], to: bytes)
        #expect(String(decoding: result.bytes, as: UTF8.self) == "nought one  3")
        #expect(result.locations.map(\.fileSpan) == [Span(12, 13), Span(0, 6), Span(11, 11)])
    }

    @Test func noEditsChangeNothing() throws {
        let result = try Edit.apply([], to: bytes)
        #expect(result.bytes == bytes)
        #expect(result.locations.isEmpty)
    }

    @Test func editsMayTouch() throws {
        let result = try Edit.apply([edit(4, 5, "-"), edit(0, 4, "a"), edit(5, 8, "b"), edit(18, 18, "!")], to: bytes)
        #expect(String(decoding: result.bytes, as: UTF8.self) == "a-b two three!")
    }

    @Test func overlapsAreRefused() {
        for pair in [
            [edit(0, 4, ""), edit(3, 5, "")], [edit(0, 4, ""), edit(0, 4, "")], [edit(2, 2, ""), edit(2, 2, "")],
            [edit(0, 8, ""), edit(2, 3, "")],
        ] {
            #expect(throws: DocumentError(.overlappingEdits, "")) { try Edit.apply(pair, to: bytes) }
            #expect(throws: DocumentError(.overlappingEdits, "")) { try Edit.apply(pair.reversed(), to: bytes) }
        }
    }

    @Test func anEditInsideAndAroundAnOpaqueTextIsRefused() {
        let text = Array("aHVudGVyMg==".utf8)
        let inner = Edit(Location([.init(Span(0, 12), [.base64]), .init(Span(0, 3))]), replacement: [])
        #expect(throws: DocumentError(.overlappingEdits, "")) { try Edit.apply([inner, edit(0, 12, "")], to: text) }
        #expect(throws: DocumentError(.overlappingEdits, "")) { try Edit.apply([inner, inner], to: text) }
    }

    @Test func placesOutsideOfTheTextAreRefused() {
        #expect(throws: DocumentError(.locationOutOfBounds, "")) { try Edit.apply([edit(10, 19, "")], to: bytes) }
        let inner = Location([.init(Span(0, 12), [.base64]), .init(Span(5, 9))])
        let text = Array("aHVudGVyMg==".utf8)
        #expect(throws: DocumentError(.locationOutOfBounds, "")) { try Document.value(in: text, at: inner) }
        #expect(throws: DocumentError(.locationOutOfBounds, "")) {
            try Edit.apply([Edit(inner, replacement: [])], to: text)
        }
        let deep = Location(Array(repeating: .init(Span(0, 0), [.base64]), count: 100_000))
        #expect(throws: DocumentError(.locationOutOfBounds, "")) {
            try Edit.apply([Edit(deep, replacement: [])], to: [])
        }
    }

    @Test func bytesThatAreNotSpelledAsThePlaceSaysAreRefused() {
        #expect(throws: DocumentError(.malformed, "")) {
            try Edit.apply([edit(0, 4, "", [.base64])], to: Array("a!b?".utf8))
        }
    }

    @Test func aRefusalNamesThePlaceInTheFile() {
        do {
            _ = try Edit.apply([edit(5, 8, "a b", [.bare])], to: bytes)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == .unrepresentable)
            #expect(error.span == Span(5, 8))
        }
    }

    /// A part of a plain scalar does not decide about the type of the whole.
    @Test func aPartOfAPlainScalarMayBeANumber() throws {
        let document = Document(path: "a.yml", bytes: Array("u: https://a.test:8443/x # c\nn: 12\n- ".utf8.dropLast(3)))
        let layer = document.layers[0]
        let port = layer.location(of: Span(18, 22))
        #expect(port.steps[0].encodings == [.yamlPlain])
        #expect(
            try document.applying([Edit(port, replacement: Array("abc".utf8))]).bytes.count == document.bytes.count - 1
        )
        let number = layer.location(of: Span(32, 34))
        #expect(throws: DocumentError(.unrepresentable, "")) {
            try document.applying([Edit(number, replacement: Array("abc".utf8))])
        }
        #expect(throws: DocumentError(.unrepresentable, "")) {
            try document.applying([Edit(layer.location(of: Span(3, 8)), replacement: Array("*a".utf8))])
        }
        #expect(throws: DocumentError(.unrepresentable, "")) {
            try document.applying([Edit(port, replacement: Array("1 #2".utf8))])
        }
    }
}
