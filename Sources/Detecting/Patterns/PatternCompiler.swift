/// Turns the nodes of a pattern into the steps of a ``PatternProgram``.
struct PatternCompiler {
    /// The steps so far.
    private(set) var instructions: [PatternProgram.Instruction] = []
    /// The sets that the steps refer to, each once.
    private(set) var sets: [ByteSet] = []
    private var numbers: [ByteSet: Int32] = [:]

    /// The maximum number of steps.
    private static let limit = 20_000

    /// Adds the steps of a node.
    ///
    /// - Throws: if there are too many steps.
    mutating func emit(_ node: PatternNode) throws(Pattern.SyntaxError) {
        guard instructions.count < Self.limit else { throw Pattern.SyntaxError(message: "the pattern is too large") }
        switch node {
        case .empty: break
        case .boundary: instructions.append(.boundary)
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .set(let set): emit(run: set, min: 1, max: 1)
        case .sequence(let nodes):
            for node in nodes { try emit(node) }
        case .value(let inner):
            instructions.append(.mark(0))
            try emit(inner)
            instructions.append(.mark(1))
        case .choice(let nodes): try emit(choice: nodes)
        case .repeated(.set(let set), let min, let max):
            emit(run: set, min: min, max: max ?? Int.max)
        case .repeated(let inner, let min, let max):
            for _ in 0..<min {
                let start = instructions.count
                try emit(inner)
                // If one repetition takes no steps, neither do the others.
                if instructions.count == start { break }
            }
            if let max {
                for _ in min..<Swift.max(min, max) { try emit(optional: inner) }
            } else {
                let split = reserve()
                try emit(inner)
                instructions.append(.jump(Int32(split)))
                instructions[split] = .split(Int32(split + 1), next)
            }
        }
    }

    /// Adds the step that completes the match.
    mutating func finish() { instructions.append(.match) }

    private mutating func emit(run set: ByteSet, min: Int, max: Int) {
        instructions.append(.run(number(of: set), min: Int32(clamping: min), max: Int32(clamping: max)))
    }

    private mutating func emit(choice nodes: [PatternNode]) throws(Pattern.SyntaxError) {
        var jumps: [Int] = []
        for node in nodes.dropLast() {
            let split = reserve()
            try emit(node)
            jumps.append(reserve())
            instructions[split] = .split(Int32(split + 1), next)
        }
        if let last = nodes.last { try emit(last) }
        for jump in jumps { instructions[jump] = .jump(next) }
    }

    private mutating func emit(optional node: PatternNode) throws(Pattern.SyntaxError) {
        let split = reserve()
        try emit(node)
        instructions[split] = .split(Int32(split + 1), next)
    }

    /// The number of the step that is added next.
    private var next: Int32 { Int32(instructions.count) }

    /// Adds a step that is replaced when its target is known, and returns its number.
    private mutating func reserve() -> Int {
        instructions.append(.jump(0))
        return instructions.count - 1
    }

    private mutating func number(of set: ByteSet) -> Int32 {
        if let known = numbers[set] { return known }
        let number = Int32(sets.count)
        numbers[set] = number
        sets.append(set)
        return number
    }

    /// Returns the number of the set to which the next byte must belong at each step; nil if there is no requirement.
    ///
    /// A backward step, such as the last of a repetition, is assumed to have none.
    mutating func needs() -> [Int32?] {
        var needs: [Int32?] = Array(repeating: nil, count: instructions.count)
        for step in instructions.indices.reversed() {
            switch instructions[step] {
            case .run(let set, let min, _): needs[step] = min > 0 ? set : nil
            case .split(let first, let second):
                if let left = needs[Int(first)], let right = needs[Int(second)] {
                    needs[step] = left == right ? left : number(of: sets[Int(left)].union(sets[Int(right)]))
                }
            case .jump(let target): needs[step] = target > step ? needs[Int(target)] : nil
            case .mark, .boundary, .start: needs[step] = needs[step + 1]
            case .end, .match: break
            }
        }
        return needs
    }
}
