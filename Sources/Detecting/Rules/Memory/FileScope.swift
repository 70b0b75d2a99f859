/// Determines which of the rules with a file restriction apply to the current file.
///
/// The anchor of such a rule may be a colon, which is in every line of many files. Sources that cannot trigger anything
/// in the current file are therefore determined only once. It is not thread-safe.
final class FileScope {
    private enum Answer {
        case unknown
        case yes
        case no
    }

    private let index: RuleIndex
    private var path = ""
    private var bytes: [UInt8] = []
    /// The answers by rule, and by source of the index.
    ///
    /// They are read at each match, and accesses never overlap.
    @exclusivity(unchecked) private var rules: [Answer]
    @exclusivity(unchecked) private var sources: [Answer]
    /// The rules and sources whose answers apply only to this file.
    private var rulesOfFile: [Int] = []
    private var sourcesOfFile: [Int] = []

    init(_ index: RuleIndex) {
        self.index = index
        unsafe rules = Array(repeating: .unknown, count: index.rules.count)
        unsafe sources = Array(repeating: .unknown, count: index.sourceCount)
    }

    /// Switches to the file at `path`, unless it is the current one.
    func begin(path: String) {
        guard path != self.path else { return }
        self.path = path
        bytes = Array(path.utf8)
        for rule in rulesOfFile { unsafe rules[rule] = .unknown }
        for source in sourcesOfFile { unsafe sources[source] = .unknown }
        rulesOfFile.removeAll(keepingCapacity: true)
        sourcesOfFile.removeAll(keepingCapacity: true)
    }

    /// Whether a rule applies to the file.
    func isAbout(_ rule: Int) -> Bool {
        switch unsafe rules[rule] {
        case .yes: true
        case .no: false
        case .unknown: ask(aboutRule: rule)
        }
    }

    /// Whether a match of a source may trigger anything in the file.
    @inline(__always)
    func mayTrigger(_ source: Int) -> Bool {
        switch unsafe sources[source] {
        case .yes: true
        case .no: false
        case .unknown: ask(aboutSource: source)
        }
    }

    private func ask(aboutRule rule: Int) -> Bool {
        guard let paths = index.rules[rule].paths else {
            unsafe rules[rule] = .yes
            return true
        }
        let answer = paths.matchesWhole(bytes)
        unsafe rules[rule] = answer ? .yes : .no
        rulesOfFile.append(rule)
        return answer
    }

    private func ask(aboutSource source: Int) -> Bool {
        let triggers = index.triggers[index.triggers(of: source)]
        let isLimited = triggers.allSatisfy { trigger in
            if case .anchor(let rule, _, _) = trigger { index.rules[rule].paths != nil } else { false }
        }
        guard isLimited else {
            unsafe sources[source] = .yes
            return true
        }
        let answer = triggers.contains { trigger in
            if case .anchor(let rule, _, _) = trigger { isAbout(rule) } else { false }
        }
        unsafe sources[source] = answer ? .yes : .no
        sourcesOfFile.append(source)
        return answer
    }
}
