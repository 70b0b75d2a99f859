internal import Documents

/// The steps of a pattern, shared by all copies of it.
///
/// A step that consumes bytes is tried only if the next byte fits. Most alternatives, and most lengths of a repetition,
/// are therefore skipped without a backtracking point.
final class PatternProgram: Sendable {
    /// A step.
    enum Instruction: Hashable, Sendable {
        case run(ByteSet, min: Int, max: Int)
        case split(Int, Int)
        case jump(Int)
        case boundary
        case start
        case end
        case mark(Int)
        case match
    }

    /// The steps; the last one completes the match.
    let instructions: [Instruction]
    /// The bytes that a match may start with; every byte if the pattern may match the empty text.
    let firstBytes: ByteSet
    /// For each step, the set to which the next byte must belong; nil if there is no requirement.
    private let needs: [ByteSet?]
    /// For each step, whether it consumes bytes that the next step cannot, so that the match continues at the end of
    /// its run or not at all.
    private let takesAll: [Bool]

    /// Compiles the pattern `source`.
    init(_ source: String, ignoringCase: Bool) throws(Pattern.SyntaxError) {
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: ignoringCase)
        let node = try parser.parse()
        var instructions: [Instruction] = []
        try Self.emit(node, into: &instructions)
        instructions.append(.match)
        self.instructions = instructions
        firstBytes = node.firstBytes
        let needs = Self.needs(of: instructions)
        self.needs = needs
        takesAll = instructions.indices.map { step in
            guard case .run(let set, _, _) = instructions[step], let need = needs[step + 1] else { return false }
            return !set.overlaps(need)
        }
    }

    /// Returns the requirements of all steps; a backward step, such as the last of a repetition, is assumed to have
    /// none.
    private static func needs(of instructions: [Instruction]) -> [ByteSet?] {
        var needs: [ByteSet?] = Array(repeating: nil, count: instructions.count)
        for step in instructions.indices.reversed() {
            switch instructions[step] {
            case .run(let set, let min, _): needs[step] = min > 0 ? set : nil
            case .split(let first, let second):
                if let left = needs[first], let right = needs[second] { needs[step] = left.union(right) }
            case .jump(let target): needs[step] = target > step ? needs[target] : nil
            case .mark, .boundary, .start: needs[step] = needs[step + 1]
            case .end, .match: break
            }
        }
        return needs
    }

    /// A backtracking point: a step at each position from `position` down to `floor`.
    private struct Choice {
        var step: Int
        var position: Int
        var floor: Int
        var marks: (Int, Int)
    }

    /// Returns the first match that starts at or between `start` and `last` of `text` and ends after `last`.
    ///
    /// `abandoned` is set if a match was abandoned.
    func match(_ text: [UInt8], from start: Int, through last: Int, _ abandoned: inout Bool) -> Pattern.Match? {
        let first = firstBytes
        for offset in start...last where first.contains(text[offset]) {
            if let match = match(text, from: offset, to: text.count, filling: false, &abandoned), match.whole.end > last
            {
                return match
            }
        }
        return nil
    }

    /// Returns the match of `text` from `offset` that ends by `end`, or exactly there if `filling` is set.
    ///
    /// `abandoned` is set if it took too many steps.
    func match(
        _ text: [UInt8],
        from offset: Int,
        to end: Int,
        filling: Bool,
        _ abandoned: inout Bool
    ) -> Pattern.Match? {
        guard offset < end ? firstBytes.contains(text[offset]) : firstBytes == ByteSet.all else { return nil }
        var stack: [Choice] = []
        var step = 0
        var position = offset
        var marks = (-1, -1)
        var count = 0
        var deadEnds = DeadEnds(steps: instructions.count)
        while true {
            count += 1
            guard count <= Pattern.stepLimit else {
                abandoned = true
                return nil
            }
            var failed = count > Pattern.plainSteps && deadEnds.comesBack(to: step, behind: position - offset)
            switch instructions[step] {
            case _ where failed: break
            case .run(let set, let min, let max):
                var stop = position
                let furthest = max > end - position ? end : position + max
                while stop < furthest, set.contains(text[stop]) { stop += 1 }
                step += 1
                if stop - position < min {
                    failed = true
                } else if takesAll[step - 1] {
                    failed = !mayGo(to: step, at: stop, in: text, end)
                    position = stop
                } else {
                    let floor = position + min
                    position = latest(from: stop, to: floor, for: step, in: text, end)
                    if position < floor {
                        failed = true
                    } else if position > floor {
                        stack.append(Choice(step: step, position: position - 1, floor: floor, marks: marks))
                    }
                }
            case .split(let first, let second):
                if mayGo(to: first, at: position, in: text, end) {
                    if mayGo(to: second, at: position, in: text, end) {
                        stack.append(Choice(step: second, position: position, floor: position, marks: marks))
                    }
                    step = first
                } else {
                    step = second
                }
            case .jump(let target):
                step = target
            case .boundary:
                let before = position > 0 && ByteSet.word.contains(text[position - 1])
                let after = position < text.count && ByteSet.word.contains(text[position])
                if before == after { failed = true } else { step += 1 }
            case .start:
                if position > 0 && text[position - 1] != UInt8(ascii: "\n") { failed = true } else { step += 1 }
            case .end:
                if position != end && !ByteSet.lineEnd.contains(text[position]) { failed = true } else { step += 1 }
            case .mark(let index):
                if index == 0 { marks.0 = position } else { marks.1 = position }
                step += 1
            case .match where filling && position != end: failed = true
            case .match:
                let whole = Span(offset, position)
                let value = marks.0 >= 0 && marks.1 >= marks.0 ? Span(marks.0, marks.1) : whole
                return Pattern.Match(whole: whole, value: value)
            }
            while failed {
                guard var choice = stack.popLast() else { return nil }
                position = latest(from: choice.position, to: choice.floor, for: choice.step, in: text, end)
                guard position >= choice.floor else { continue }
                (step, marks) = (choice.step, choice.marks)
                if position > choice.floor {
                    choice.position = position - 1
                    stack.append(choice)
                }
                failed = false
            }
        }
    }

    @inline(__always)
    private func mayGo(to step: Int, at position: Int, in text: [UInt8], _ end: Int) -> Bool {
        guard let need = needs[step] else { return true }
        return position < end && need.contains(text[position])
    }

    /// The last position from `start` down to `floor` at which a step may continue; `floor - 1` if there is none.
    @inline(__always)
    private func latest(from start: Int, to floor: Int, for step: Int, in text: [UInt8], _ end: Int) -> Int {
        guard let need = needs[step] else { return start }
        var position = start
        while position >= floor, position >= end || !need.contains(text[position]) { position -= 1 }
        return position
    }
}

// MARK: - Reading

extension PatternProgram {
    private static func emit(_ node: PatternNode, into program: inout [Instruction]) throws(Pattern.SyntaxError) {
        guard program.count < 20_000 else { throw Pattern.SyntaxError(message: "the pattern is too large") }
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
        case .choice(let nodes): try emit(choice: nodes, into: &program)
        case .repeated(.set(let set), let min, let max):
            program.append(.run(set, min: min, max: max ?? Int.max))
        case .repeated(let inner, let min, let max):
            for _ in 0..<min {
                let start = program.count
                try emit(inner, into: &program)
                // If one repetition takes no steps, neither do the others.
                if program.count == start { break }
            }
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

    private static func emit(choice nodes: [PatternNode], into program: inout [Instruction]) throws(Pattern.SyntaxError)
    {
        var jumps: [Int] = []
        for node in nodes.dropLast() {
            let split = program.count
            program.append(.split(split + 1, 0))
            try emit(node, into: &program)
            jumps.append(program.count)
            program.append(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        if let last = nodes.last { try emit(last, into: &program) }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private static func emit(optional node: PatternNode, into program: inout [Instruction]) throws(Pattern.SyntaxError)
    {
        let split = program.count
        program.append(.split(split + 1, 0))
        try emit(node, into: &program)
        program[split] = .split(split + 1, program.count)
    }
}
