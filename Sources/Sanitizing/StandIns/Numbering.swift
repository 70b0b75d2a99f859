/// Numbers values in the order in which they are first asked for.
struct Numbering<Value: Hashable & Sendable>: Sendable {
    private var numbers: [Value: Int] = [:]
    private var next = 0

    /// How many numbers are taken.
    var count: Int { next }

    /// The number of `value`, from 0; a new one where it has none.
    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = next
        next += 1
        return next - 1
    }

    /// Whether `value` has a number.
    func contains(_ value: Value) -> Bool { numbers[value] != nil }

    /// The number of `value`, as long as it is below `limit`; nil where it has none and all of them are taken.
    mutating func number(of value: Value, below limit: Int) -> Int? {
        if numbers[value] == nil, next >= limit { return nil }
        return number(of: value)
    }

    /// Takes over the number that a value had in an earlier run; values that are new get higher ones.
    mutating func adopt(_ value: Value, number: Int) {
        numbers[value] = number
        next = max(next, number + 1)
    }

    /// The text that `make` gives for the number of `value`; numbers whose text is taken are passed over.
    mutating func text(for value: Value, avoiding taken: TakenTexts, _ make: (Int) -> String) -> String {
        if let number = numbers[value] { return make(number) }
        next = taken.number(from: next, make)
        numbers[value] = next
        next += 1
        return make(next - 1)
    }
}
