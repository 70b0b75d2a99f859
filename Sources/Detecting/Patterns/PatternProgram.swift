internal import Documents

/// The steps of a pattern, shared by all copies of it.
///
/// A step that consumes bytes is tried only if the next byte fits. Most alternatives, and most lengths of a repetition,
/// are therefore skipped without a backtracking point.
///
/// The hundreds of programs in use take megabytes, so a step refers to its set of bytes by a number.
final class PatternProgram: Sendable {
    /// A step.
    enum Instruction: Sendable {
        /// Consumes at least `min` and at most `max` bytes of the set with a number.
        case run(Int32, min: Int32, max: Int32)
        case split(Int32, Int32)
        case jump(Int32)
        case boundary
        case start
        case end
        case mark(Int8)
        case match
    }

    /// The steps; the last one completes the match.
    let instructions: [Instruction]
    /// The sets of bytes that the steps refer to.
    let sets: [ByteSet]
    /// The bytes that a match may start with; every byte if the pattern may match the empty text.
    let firstBytes: ByteSet
    /// For each step, the number of the set to which the next byte must belong; -1 if there is no requirement.
    private let needs: [Int32]
    /// For each step, whether it consumes bytes that the next step cannot, so that the match continues at the end of
    /// its run or not at all.
    private let takesAll: [Bool]

    /// Compiles the pattern `source`.
    init(_ source: String, ignoringCase: Bool) throws(Pattern.SyntaxError) {
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: ignoringCase)
        let node = try parser.parse()
        var compiler = PatternCompiler()
        try compiler.emit(node)
        compiler.finish()
        let needs = compiler.needs()
        let sets = compiler.sets.fitted
        firstBytes = node.firstBytes
        self.needs = needs.map { $0 ?? -1 }
        takesAll = compiler.instructions.enumerated().map { step, instruction in
            guard case .run(let set, _, _) = instruction, let need = needs[step + 1] else { return false }
            return !sets[Int(set)].overlaps(sets[Int(need)])
        }
        instructions = compiler.instructions.fitted
        self.sets = sets
    }

    /// The bytes that a step consumes; nil if it consumes none.
    func set(at step: Int) -> ByteSet? {
        guard case .run(let set, _, _) = instructions[step] else { return nil }
        return sets[Int(set)]
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
            case .run(let number, let min, let max):
                let set = sets[Int(number)]
                var stop = position
                let furthest = Int(max) > end - position ? end : position + Int(max)
                while stop < furthest, set.contains(text[stop]) { stop += 1 }
                step += 1
                if stop - position < min {
                    failed = true
                } else if takesAll[step - 1] {
                    failed = !mayGo(to: step, at: stop, in: text, end)
                    position = stop
                } else {
                    let floor = position + Int(min)
                    position = latest(from: stop, to: floor, for: step, in: text, end)
                    if position < floor {
                        failed = true
                    } else if position > floor {
                        stack.append(Choice(step: step, position: position - 1, floor: floor, marks: marks))
                    }
                }
            case .split(let first, let second):
                if mayGo(to: Int(first), at: position, in: text, end) {
                    if mayGo(to: Int(second), at: position, in: text, end) {
                        stack.append(Choice(step: Int(second), position: position, floor: position, marks: marks))
                    }
                    step = Int(first)
                } else {
                    step = Int(second)
                }
            case .jump(let target):
                step = Int(target)
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
        let need = Int(needs[step])
        return need < 0 || position < end && sets[need].contains(text[position])
    }

    /// The last position from `start` down to `floor` at which a step may continue; `floor - 1` if there is none.
    @inline(__always)
    private func latest(from start: Int, to floor: Int, for step: Int, in text: [UInt8], _ end: Int) -> Int {
        guard needs[step] >= 0 else { return start }
        let need = sets[Int(needs[step])]
        var position = start
        while position >= floor, position >= end || !need.contains(text[position]) { position -= 1 }
        return position
    }
}
