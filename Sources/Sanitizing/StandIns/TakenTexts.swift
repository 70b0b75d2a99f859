/// What no new stand-in may be: one that was given before, and one in which a value of the deployment would still stand.
struct TakenTexts {
    private var standIns: Set<String> = []
    private var values: Set<String> = []
    /// How many texts are tried: a value may stand in all of them, such as one that is `example`.
    private static let tryLimit = 64

    /// Keeps a stand-in from being given again.
    mutating func reserve(_ standIn: String) { standIns.insert(standIn) }

    /// Keeps a value out of stand-ins.
    mutating func avoid(_ value: [UInt8]) { values.insert(String(decoding: value, as: UTF8.self).lowercased()) }

    /// The first number from `first` on whose text is free.
    ///
    /// Where a value stands in each of the next texts it is the first that was not given: what is left is found by the proof.
    func number(from first: Int, _ make: (Int) -> String) -> Int {
        var first = first
        while standIns.contains(make(first)) { first += 1 }
        return (first..<(first + Self.tryLimit)).first { !standIns.contains(make($0)) && !holdsValue(make($0)) }
            ?? first
    }

    /// Whether some of the words of `text`, with what is between them, are a value: `project-1` in `example-project-1`.
    func holdsValue(_ text: String) -> Bool {
        let text = text.lowercased()
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.indices.contains { start in
            words[start...].contains { end in values.contains(String(text[words[start].startIndex..<end.endIndex])) }
        }
    }
}
