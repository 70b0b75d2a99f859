@testable import Detecting
import Documents
import TestKit
import Testing

@Suite("the last words of a name")
struct WordEndingTests {
    private static func mayStand(_ word: String, in text: String, as part: WordEnding.Part = .words) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= word.utf8.count else { return false }
        let places = (0...(bytes.count - word.utf8.count)).filter { bytes[$0...].starts(with: word.utf8) }
        return places.contains {
            WordEnding.mayStand(from: $0, to: $0 + word.utf8.count, as: part, in: bytes)
        }
    }

    @Test(arguments: [
        "id", "user_id", "USER_ID", "user-id = 7", "userId", "idOld", "ids", "id2", "\"id\"", "IDs", "IDS", "id_old",
        "ID-2", "ids_backup", "idSecondary", "id.", "id_old_2", "idé",
    ])
    func standWhereAWordBeginsAndEnds(text: String) {
        #expect(["id", "Id", "ID"].contains { Self.mayStand($0, in: text) })
    }

    @Test(arguments: [
        "provide", "grid", "valid.", "identity", "idst", "2id", "XMLid", "id_token", "id-set", "idToken", "idStore",
        "ID_SET",
    ])
    func doNotStandInALongerWordOrBeforeAnother(text: String) {
        #expect(!["id", "Id", "ID"].contains { Self.mayStand($0, in: text) })
    }

    @Test func standAtTheEndOfALongerWordWhereARuleSaysSo() {
        #expect(Self.mayStand("pass", in: "userpass", as: .endOfWord))
        #expect(!Self.mayStand("pass", in: "userpassage", as: .endOfWord))
    }

    /// Every name that a rule is about has some place in it at which a look at the rules is worth it.
    @Test(arguments: 0..<40)
    func standInEveryNameThatARuleIsAbout(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let index = try RuleIndex(.builtIn)
        let names = RuleSet.builtIn.rules.flatMap { $0.settings + $0.keys }
        for _ in 0..<60 {
            let words = KeyName(names.randomElement(using: &generator) ?? "").words
            let before = ["", "jvb", "my", "X"].randomElement(using: &generator) ?? ""
            let behind = ["", "old", "2", "s", "Secondary", "prod", "other"].randomElement(using: &generator) ?? ""
            let name = Self.spelled(([before] + words + [behind]).filter { !$0.isEmpty }, using: &generator)
            let text = Array("x = 'é'; \(name): \"y\"".utf8)
            let place = text.count - name.utf8.count - 5
            guard !index.rules(for: [name]).isEmpty else { continue }
            var stands = false
            var isSeen = false
            index.database.scan(text) { id, end in
                for trigger in index.triggers(of: id) {
                    guard case .keyWord(let count, let part) = index.triggers[trigger], end - count >= place
                    else { continue }
                    isSeen = true
                    if WordEnding.mayStand(from: end - count, to: end, as: part, in: text) {
                        stands = true
                    }
                }
            }
            #expect(stands == isSeen, "\(name)")
        }
    }

    private static func spelled(_ words: [String], using generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: words.joined(separator: "_")
        case 1: words.joined(separator: "-")
        case 2: words.joined(separator: "_").uppercased()
        case 3: (words.first ?? "") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        default: words.joined(separator: ".")
        }
    }
}
