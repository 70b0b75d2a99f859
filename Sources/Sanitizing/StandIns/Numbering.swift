/// Numbers values in the order of their first requests.
struct Numbering<Value: Hashable & Sendable>: Sendable {
    private var numbers: [Value: Int] = [:]
    private var next = 0

    /// The number of assigned numbers.
    var count: Int { next }

    /// Returns the number of `value`, from 0; assigns a new one if it has none.
    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = next
        next += 1
        return next - 1
    }

    /// Whether `value` has a number.
    func contains(_ value: Value) -> Bool { numbers[value] != nil }

    /// Returns the number of `value` if it is below `limit`; nil if it has none and all are taken.
    mutating func number(of value: Value, below limit: Int) -> Int? {
        if numbers[value] == nil, next >= limit { return nil }
        return number(of: value)
    }

    /// Takes over a value's number from an earlier run; new values get higher ones.
    mutating func adopt(_ value: Value, number: Int) {
        numbers[value] = number
        next = max(next, number + 1)
    }

    /// Returns the text that `make` gives for the number of `value`, skipping numbers whose text is taken.
    mutating func text(for value: Value, avoiding taken: TakenTexts, _ make: (Int) -> String) -> String {
        if let number = numbers[value] { return make(number) }
        next = taken.number(from: next, make)
        numbers[value] = next
        next += 1
        return make(next - 1)
    }
}
