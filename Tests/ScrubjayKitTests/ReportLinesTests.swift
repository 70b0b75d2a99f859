import Archive
import Detecting
import Documents
import TestKit
import Testing

@testable import ScrubjayKit

/// The lines that a report cuts out of a sanitized file.
@Suite struct ReportLinesTests {
    /// A file in which stand-ins are written `«so»`, and the same without the marks.
    private func cut(
        _ text: String,
        kind: Kind = .password,
        atMost limit: Int = 100,
        limits: SanitizeReport.Limits = .init()
    ) -> SanitizeReport.Lines {
        var bytes: [UInt8] = []
        var marks: [ReportLines.Mark] = []
        var start = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "«": start = bytes.count
            case "»":
                let standIn = SanitizeReport.StandIn(parameters: ["p"], kinds: [kind], opaqueEncoding: nil)
                marks.append(.init(span: Span(start, bytes.count), standIn: standIn))
            default: bytes += Array(String(scalar).utf8)
            }
        }
        return ReportLines(bytes: bytes, marks: marks, limits: limits).lines(atMost: limit)
    }

    /// The lines as text: `number|text`, with stand-ins in marks, their rests in double ones, gaps in brackets, `--`
    /// between runs.
    private func text(_ lines: SanitizeReport.Lines) -> [String] {
        lines.hunks.map { hunk in
            hunk.map { line in
                "\(line.number)|"
                    + line.pieces.map { piece in
                        switch piece.content {
                        case .unchanged: piece.text
                        case .standIn: "«\(piece.text)»"
                        case .continuation: "««\(piece.text)»»"
                        case .gap(let bytes): "[\(bytes)]"
                        }
                    }.joined()
            }.joined(separator: "\n")
        }
    }

    @Test func aChangedLineHasOneNeighbourOnEitherSide() {
        let lines = cut("one\ntwo\nthree=«x»\nfour\nfive\n")
        #expect(text(lines) == ["2|two\n3|three=«x»\n4|four"])
        #expect(lines.hiddenCount == 0 && lines.reasonForNone == nil)
    }

    @Test func whatTouchesIsOneRun() {
        #expect(text(cut("a=«x»\nb\nc=«x»\nd=«x»")) == ["1|a=«x»\n2|b\n3|c=«x»\n4|d=«x»"])
        #expect(text(cut("a=«x»\nb\nc\nd\ne=«x»")) == ["1|a=«x»\n2|b", "4|d\n5|e=«x»"])
        #expect(text(cut("a=«x»\nb\nc\nd=«x»")) == ["1|a=«x»\n2|b\n3|c\n4|d=«x»"])
    }

    @Test func theEndsOfAFileAreNoLines() {
        #expect(text(cut("«x»")) == ["1|«x»"])
        #expect(text(cut("«x»\n")) == ["1|«x»"])
        #expect(text(cut("a\r\n«x»\r\nb\r\n")) == ["1|a\n2|«x»\n3|b"])
    }

    @Test func aStandInOfSeveralLines() {
        let lines = cut("k: |\n  «AAA\n  BBB\n  CCC»\nz\n")
        #expect(text(lines) == ["1|k: |\n2|  «AAA»\n3|««  BBB»»\n4|««  CCC»»\n5|z"])
        #expect(lines.hunks[0].map(\.isContinuation) == [false, false, true, true, false])
        #expect(lines.hunks[0].map(\.isChanged) == [false, true, true, true, false])
    }

    @Test func manyLinesAreCutAndCounted() {
        let many = (1...100).map { "k\($0)=«x»" }.joined(separator: "\n")
        let lines = cut(many)
        #expect(lines.hunks.flatMap(\.self).count == 40)
        #expect(lines.hiddenCount == 60)
        #expect(cut(many, atMost: 3).hunks.flatMap(\.self).map(\.number) == [1, 2, 3])
        #expect(cut(many, atMost: 0).hunks.isEmpty && cut(many, atMost: 0).hiddenCount == 100)
        // A changed line beyond the limit is not taken for context.
        #expect(text(cut("a=«x»\nb=«x»\nc", atMost: 1)) == ["1|a=«x»"])
    }

    @Test func aLongLineIsShownWhereItChanges() {
        let wide = String(repeating: "ä", count: 400)
        let lines = cut("\(wide)«x»\(wide)«y»\(wide)")
        let part = String(repeating: "ä", count: 24)
        #expect(text(lines) == ["1|[752]\(part)«x»\(part)[704]\(part)«y»\(part)[752]"])
        #expect(text(cut("\(wide)\n«x»")) == ["1|\(part)[752]\n2|«x»"])
    }

    @Test func manyStandInsOfOneLineAreCut() {
        let lines = cut((1...20).map { "«\($0)»" }.joined(separator: ","))
        #expect(lines.hunks[0][0].pieces.count(where: \.isStandIn) == 12)
        #expect(lines.hunks[0][0].pieces.last?.content == .gap(bytes: ",13,14,15,16,17,18,19,20".utf8.count))
    }

    @Test func whatIsNoTextOfBytesIsNotShown() {
        let lines = cut("a\u{0}=\u{0}«x\u{0}»")
        #expect(lines.hunks.isEmpty && lines.reasonForNone != nil)
    }

    @Test func whatCannotBeSeenIsWritten() {
        #expect(
            text(cut("\u{202E}a\u{1B}[0m\u{200B}\u{E0041}=«x»\tb")) == [
                "1|\\u{202e}a\\x1b[0m\\u{200b}\\u{e0041}=«x»\tb"
            ]
        )
        #expect(EscapedText([0x61, 0xFF, 0xC3, 0x0A, 0x62]).text == "a\\xff\\xc3\\nb")
    }

    @Test func valuesInOneOpaqueTextAreOneMask() {
        let marks = [Kind.domain, .email, .domain].enumerated().map { number, kind in
            ReportLines.Mark(
                span: Span(2, 6),
                standIn: .init(parameters: ["p\(number)"], kinds: [kind], opaqueEncoding: "base64")
            )
        }
        let lines = ReportLines(bytes: Array("a=QUJD".utf8), marks: marks, limits: .init()).lines(atMost: 9)
        let expected = SanitizeReport.StandIn(
            parameters: ["p0", "p1", "p2"],
            kinds: [.domain, .email],
            opaqueEncoding: "base64"
        )
        #expect(lines.hunks[0][0].pieces.map(\.content) == [.unchanged, .standIn(expected)])
    }

    /// Whatever is cut, what is shown is a part of the file, and every changed line is shown or counted.
    @Test(arguments: 0..<200)
    func nothingIsLostOrMadeUp(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet = ["a", "ä", "€", "\n", "\r\n", " ", "=", "\t", "😀"]
        var text = ""
        for _ in 0..<Int.random(in: 1..<60, using: &generator) {
            let count = Int.random(in: 0..<12, using: &generator)
            for _ in 0..<count { text += alphabet.randomElement(using: &generator) ?? "a" }
            if Bool.random(using: &generator) { text += "«S\(Bool.random(using: &generator) ? "\nS" : "")»" }
        }
        var limits = SanitizeReport.Limits()
        limits.lineBytes = 24
        limits.nearbyBytes = 6
        let limit = Int.random(in: 0..<20, using: &generator)
        let lines = cut(text, atMost: limit, limits: limits)
        let plain = text.replacing("«", with: "").replacing("»", with: "")
        // By bytes: a carriage return and a line feed are one character.
        let original = Array(plain.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let shown = lines.hunks.flatMap(\.self)
        var numbers = shown.map(\.number)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count, "seed \(seed)")
        numbers = shown.filter(\.isChanged).map(\.number)
        #expect(numbers.count <= limit)
        let changed = changedLines(of: text)
        #expect(numbers == Array(changed.prefix(numbers.count)) && numbers.count + lines.hiddenCount == changed.count)
        for line in shown {
            let whole = original[line.number - 1]
            var length = 0
            for piece in line.pieces {
                if case .gap(let bytes) = piece.content { length += bytes } else { length += piece.text.utf8.count }
                #expect(piece.text.isEmpty || whole.firstRange(of: Array(piece.text.utf8)) != nil, "seed \(seed)")
            }
            #expect(
                length == whole.count - (whole.last == UInt8(ascii: "\r") ? 1 : 0),
                "seed \(seed), line \(line.number)"
            )
        }
    }

    private func changedLines(of text: String) -> [Int] {
        var line = 1
        var isInside = false
        var changed: Set<Int> = []
        for scalar in text.unicodeScalars {
            if scalar == "«" { isInside = true }
            if scalar == "»" { isInside = false }
            if scalar == "\n" { line += 1 }
            if isInside { changed.insert(line) }
        }
        return changed.sorted()
    }
}
