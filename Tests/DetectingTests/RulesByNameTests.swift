@testable import Detecting
import Documents
import TestKit
import Testing

@Suite("rules by name")
struct RulesByNameTests {
    @Test func rememberWhatADictionaryDoes() {
        var table = RulesByName()
        var plain: [[UInt8]: [Int]] = [:]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let name = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &generator)
            }
            let hash = NameHash.of(name[...])
            #expect(table[hash] == plain[name])
            guard plain[name] == nil else { continue }
            let rules = [[], [1], [2, 3], [Int(name[0])]].randomElement(using: &generator) ?? []
            table.insert(rules, for: hash)
            plain[name] = rules
        }
    }

    @Test func beginAnewWhenHalfFull() {
        var table = RulesByName()
        for hash in 1...UInt64(100_000) {
            table.insert([Int(hash)], for: hash)
            #expect(table[hash] == [Int(hash)])
        }
    }
}
