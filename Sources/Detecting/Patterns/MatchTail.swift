/// The bytes that may follow a rule's anchor within a match of its pattern.
///
/// An anchor such as ` <` occurs a thousand times as often as a match of the pattern, and the next few bytes nearly
/// always decide. The sets are derived from the steps of the pattern: for every step that may match the anchor's bytes,
/// they contain the bytes that may follow.
struct MatchTail: Hashable, Sendable {
    /// The set to which each of the next bytes must belong, for as many bytes as matter.
    private let sets: [ByteSet]
    /// The bytes allowed before the `@` that every match contains, as in a URL with a login after `://`; nil if a match
    /// need not contain one.
    private let beforeAt: ByteSet?

    /// The number of bytes examined.
    private static let reach = 8

    /// The maximum distance of the `@`.
    private static let furthestAt = 512
    private static let at = UInt8(ascii: "@")
    private static let onlyAt = ByteSet("@")

    /// A step that consumes bytes, and the number of bytes that it still needs before the next step may follow.
    private struct State: Hashable {
        var step: Int
        var need: Int
    }

    /// Determines what may follow `anchor` in matches of `program`.
    init(of program: PatternProgram, behind anchor: some Sequence<UInt8>) {
        var states: Set<State> = []
        for step in program.instructions.indices {
            // This step may have consumed any number of bytes of a match.
            if case .run = program.instructions[step] { states.insert(State(step: step, need: 1)) }
        }
        var mayEnd = false
        for byte in anchor { states = Self.advance(states, by: { $0.contains(byte) }, in: program, &mayEnd) }
        beforeAt = mayEnd ? nil : Self.bytesBeforeAt(behind: states, in: program)
        var sets: [ByteSet] = []
        while !mayEnd, sets.count < Self.reach {
            let set = states.reduce(into: ByteSet()) { set, state in
                if let taken = program.set(at: state.step) { set = set.union(taken) }
            }
            sets.append(set)
            states = Self.advance(states, by: { _ in true }, in: program, &mayEnd)
        }
        self.sets = sets
    }

    /// The set of the first byte.
    var firstBytes: ByteSet { sets.first ?? .all }

    /// Whether the bytes of `text` from `end` on may follow the anchor.
    func mayFollow(at end: Int, in text: [UInt8]) -> Bool {
        guard end + sets.count <= text.count else { return false }
        for offset in sets.indices where !sets[offset].contains(text[end + offset]) { return false }
        guard let beforeAt else { return true }
        let limit = min(text.count, end + Self.furthestAt)
        for position in end..<limit {
            if text[position] == Self.at { return true }
            guard beforeAt.contains(text[position]) else { return false }
        }
        return limit < text.count
    }

    /// Returns the bytes that a match continuing from `states` may consume before the first `@`; nil if it need not
    /// reach one.
    private static func bytesBeforeAt(behind states: Set<State>, in program: PatternProgram) -> ByteSet? {
        func wantsAt(_ state: State) -> Bool {
            guard case .run(_, 1..., _) = program.instructions[state.step] else { return false }
            return program.set(at: state.step) == onlyAt
        }
        guard program.instructions.indices.contains(where: { wantsAt(State(step: $0, need: 0)) }) else { return nil }
        var open = states
        var seen: Set<State> = []
        var before = ByteSet()
        var mayEnd = false
        while !open.isEmpty, !mayEnd {
            seen.formUnion(open)
            let others = open.filter { !wantsAt($0) }
            for state in others {
                if let taken = program.set(at: state.step) { before = before.union(taken) }
            }
            open = advance(others, by: { _ in true }, in: program, &mayEnd).subtracting(seen)
        }
        return mayEnd ? nil : before
    }

    /// Returns the states after one byte of the sets accepted by `takes`; sets `mayEnd` if a match may be complete.
    private static func advance(
        _ states: Set<State>,
        by takes: (ByteSet) -> Bool,
        in program: PatternProgram,
        _ mayEnd: inout Bool
    ) -> Set<State> {
        var next: Set<State> = []
        var seen: Set<Int> = []
        for state in states {
            guard case .run(let set, _, let max) = program.instructions[state.step], takes(program.sets[Int(set)])
            else { continue }
            let need = Swift.max(0, state.need - 1)
            if max > 1 { next.insert(State(step: state.step, need: need)) }
            if need == 0 { enter(state.step + 1, in: program, &next, &seen, &mayEnd) }
        }
        return next
    }

    /// Adds the steps that may consume the next byte if the pattern continues at `step`.
    private static func enter(
        _ step: Int,
        in program: PatternProgram,
        _ states: inout Set<State>,
        _ seen: inout Set<Int>,
        _ mayEnd: inout Bool
    ) {
        var open = [step]
        while let step = open.popLast() {
            guard seen.insert(step).inserted else { continue }
            switch program.instructions[step] {
            case .run(_, let min, _):
                states.insert(State(step: step, need: Int(min)))
                if min == 0 { open.append(step + 1) }
            case .split(let first, let second): open += [Int(first), Int(second)]
            case .jump(let target): open.append(Int(target))
            case .boundary, .start, .end, .mark: open.append(step + 1)
            case .match: mayEnd = true
            }
        }
    }
}
