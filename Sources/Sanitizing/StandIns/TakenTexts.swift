/// The texts that a new stand-in must not be: those given before, and those that contain a value of the deployment.
struct TakenTexts {
    private var standIns: Set<String> = []
    private var values: Set<String> = []
    /// The maximum number of texts that are tried: a value such as `example` may be in all of them.
    private static let tryLimit = 64

    /// Marks a stand-in as taken.
    mutating func reserve(_ standIn: String) { standIns.insert(standIn) }

    /// Whether a stand-in was given before.
    func isStandIn(_ text: String) -> Bool { standIns.contains(text) }

    /// Keeps a value out of stand-ins.
    mutating func avoid(_ value: [UInt8]) { values.insert(String(decoding: value, as: UTF8.self).lowercased()) }

    /// Returns the first number from `first` on whose text is free.
    ///
    /// If all of the tried texts contain a value, it is the first number whose text was not given before; the residue
    /// check reports what is left.
    func number(from first: Int, _ make: (Int) -> String) -> Int {
        var first = first
        while standIns.contains(make(first)) { first += 1 }
        return (first..<(first + Self.tryLimit)).first { !standIns.contains(make($0)) && !holdsValue(make($0)) }
            ?? first
    }

    /// Whether consecutive words of `text` are a value: `project-1` in `example-project-1`.
    func holdsValue(_ text: String) -> Bool {
        let text = text.lowercased()
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.indices.contains { start in
            words[start...].contains { end in values.contains(String(text[words[start].startIndex..<end.endIndex])) }
        }
    }
}
