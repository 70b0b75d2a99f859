internal import Documents

/// What a value looks like: a regular expression over bytes that knows which part of its match is the value.
///
/// Vectorscan finds the anchors of all rules in one pass; a pattern then decides at the few places where its anchor
/// stands, and says where the value starts and ends, which vectorscan cannot. The syntax is the common subset of
/// regular expressions: literals, `.`, classes, `\d \w \s \S \xNN \b`, `^` and `$` at the ends of lines, groups
/// `(?:a|b)`, `? * + {m,n}` (greedy), and one `(?<value>…)`. A match that needs more than ``stepLimit`` steps counts
/// as none, so that no input makes it slow.
struct Pattern: Hashable, Sendable {
    /// Why a pattern cannot be used.
    struct SyntaxError: Error, Hashable, Sendable {
        /// What is wrong, in one lower-case sentence.
        var message: String
    }

    /// A match: the whole of it and the value in it.
    struct Match: Hashable, Sendable {
        /// The bytes that the whole pattern matched.
        var whole: Span
        /// The bytes of the value; the whole where the pattern marks none.
        var value: Span
    }

    /// The number of steps after which a match is given up.
    static let stepLimit = 50_000

    /// The pattern as it was written.
    let source: String

    private let program: [Instruction]
    /// The bytes that a match may start with; every byte where the pattern may match none.
    private let firstBytes: ByteSet

    private enum Instruction: Hashable, Sendable {
        case run(ByteSet, min: Int, max: Int)
        case split(Int, Int)
        case jump(Int)
        case boundary
        case start
        case end
        case mark(Int)
        case match
    }

    /// Reads a pattern.
    init(_ source: String, ignoringCase: Bool = false) throws(SyntaxError) {
        self.source = source
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: ignoringCase)
        let node = try parser.parse()
        var program: [Instruction] = []
        try Self.emit(node, into: &program)
        program.append(.match)
        self.program = program
        firstBytes = node.firstBytes
    }

    /// The match that starts at `offset` of `text`, taking no byte at or behind `limit`.
    func match(_ text: [UInt8], at offset: Int, limit: Int? = nil) -> Match? {
        match(text, from: offset, to: limit ?? text.count, filling: false)
    }

    /// The match that takes all bytes of `span` in `text`; of several alternatives the first that does.
    func match(_ text: [UInt8], filling span: Span) -> Match? {
        match(text, from: span.start, to: span.end, filling: true)
    }

    private func match(_ text: [UInt8], from offset: Int, to end: Int, filling: Bool) -> Match? {
        guard offset < end ? firstBytes.contains(text[offset]) : mayBeEmpty else { return nil }
        var stack: [(pc: Int, position: Int, floor: Int, marks: (Int, Int))] = []
        var pc = 0
        var position = offset
        var marks = (-1, -1)
        var steps = 0
        while true {
            steps += 1
            guard steps <= Self.stepLimit else { return nil }
            var failed = false
            switch program[pc] {
            case .run(let set, let min, let max):
                var stop = position
                let furthest = max > end - position ? end : position + max
                while stop < furthest, set.contains(text[stop]) { stop += 1 }
                if stop - position < min {
                    failed = true
                } else {
                    let floor = position + min
                    if stop > floor { stack.append((pc + 1, stop - 1, floor, marks)) }
                    position = stop
                    pc += 1
                }
            case .split(let first, let second):
                stack.append((second, position, position, marks))
                pc = first
            case .jump(let target):
                pc = target
            case .boundary:
                let before = position > 0 && ByteSet.word.contains(text[position - 1])
                let after = position < text.count && ByteSet.word.contains(text[position])
                if before == after { failed = true } else { pc += 1 }
            case .start:
                if position > 0 && text[position - 1] != UInt8(ascii: "\n") { failed = true } else { pc += 1 }
            case .end:
                if position != end && !ByteSet.lineEnd.contains(text[position]) { failed = true } else { pc += 1 }
            case .mark(let index):
                if index == 0 { marks.0 = position } else { marks.1 = position }
                pc += 1
            case .match where filling && position != end: failed = true
            case .match:
                let whole = Span(offset, position)
                let value = marks.0 >= 0 && marks.1 >= marks.0 ? Span(marks.0, marks.1) : whole
                return Match(whole: whole, value: value)
            }
            if failed {
                guard let last = stack.popLast() else { return nil }
                if last.position > last.floor {
                    stack.append((last.pc, last.position - 1, last.floor, last.marks))
                }
                (pc, position, marks) = (last.pc, last.position, last.marks)
            }
        }
    }

    /// Whether a match may take no byte.
    private var mayBeEmpty: Bool { firstBytes == ByteSet.all }

    /// Whether the pattern matches all of `text`.
    func matchesWhole(_ text: [UInt8]) -> Bool { match(text, filling: Span(0, text.count)) != nil }

    /// The length of all texts that an expression matches; nil where they differ, or it is no pattern.
    static func fixedLength(of source: String) -> Int? {
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: false)
        guard let node = try? parser.parse(), node.minimum == node.maximum else { return nil }
        return node.minimum
    }

    private static func emit(_ node: PatternNode, into program: inout [Instruction]) throws(SyntaxError) {
        guard program.count < 20_000 else { throw SyntaxError(message: "the pattern is too large") }
        switch node {
        case .empty: break
        case .boundary: program.append(.boundary)
        case .start: program.append(.start)
        case .end: program.append(.end)
        case .set(let set): program.append(.run(set, min: 1, max: 1))
        case .sequence(let nodes):
            for node in nodes { try emit(node, into: &program) }
        case .value(let inner):
            program.append(.mark(0))
            try emit(inner, into: &program)
            program.append(.mark(1))
        case .choice(let first, let second):
            let split = program.count
            program.append(.split(split + 1, 0))
            try emit(first, into: &program)
            let jump = program.count
            program.append(.jump(0))
            program[split] = .split(split + 1, program.count)
            try emit(second, into: &program)
            program[jump] = .jump(program.count)
        case .repeated(.set(let set), let min, let max):
            program.append(.run(set, min: min, max: max ?? Int.max))
        case .repeated(let inner, let min, let max):
            for _ in 0..<min { try emit(inner, into: &program) }
            if let max {
                for _ in min..<Swift.max(min, max) { try emit(optional: inner, into: &program) }
            } else {
                let split = program.count
                program.append(.split(split + 1, 0))
                try emit(inner, into: &program)
                program.append(.jump(split))
                program[split] = .split(split + 1, program.count)
            }
        }
    }

    private static func emit(optional node: PatternNode, into program: inout [Instruction]) throws(SyntaxError) {
        let split = program.count
        program.append(.split(split + 1, 0))
        try emit(node, into: &program)
        program[split] = .split(split + 1, program.count)
    }
}
