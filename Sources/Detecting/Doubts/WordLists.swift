/// The words that are in general use, and therefore identify no owner: names that occur in every installation, common
/// English words, and words for tasks and samples.
///
/// They are data: `generic-names.txt`, `common-words.txt`, `role-words.txt` and `service-labels.txt`.
public struct WordLists: Sendable {
    /// The lists that come with Scrubjay.
    public static let builtIn = WordLists()

    private let genericNames = Set(EmbeddedData.lines(EmbeddedData.genericNames))
    private let commonWords = SortedLines(EmbeddedData.commonWords)
    private let roleWords = SortedLines(EmbeddedData.roleWords)
    private let serviceLabels = SortedLines(EmbeddedData.serviceLabels)

    private init() {}

    /// Whether `name` occurs in every installation, such as `admin`, or consists of such names, such as `auth-server`.
    public func isGenericName(_ name: String) -> Bool {
        let name = name.lowercased()
        if genericNames.contains(name) { return true }
        let parts = name.split { $0 == "-" || $0 == "_" }
        return parts.count > 1 && parts.allSatisfy { genericNames.contains(String($0)) }
    }

    /// Whether `word` is a common English word.
    func isCommonWord(_ word: String) -> Bool { commonWords.contains(word.lowercased().utf8) }

    /// Whether `login` is a word in another language for the task of a service, such as `sicherung`.
    func isRole(_ login: String) -> Bool { roleWords.contains(login.lowercased().utf8) }

    /// Whether a label of a host is none of these words, and yet says what the machine does, such as `autodiscover`.
    func isServiceLabel(_ label: String) -> Bool { serviceLabels.contains(label.lowercased().utf8) }

    /// Whether a secret consists of words that samples use in place of one, such as `mysecretpassword`.
    static func isSampleSecret(_ value: [UInt8]) -> Bool {
        value.contains(where: ByteSet.letters.contains) && sampleSecret.matchesWhole(value)
    }

    private static let sampleSecret: Pattern = {
        let words = [
            "my", "our", "so(?:me)?", "a", "the", "use", "change", "this", "please", "very", "complicated", "complex",
            "super", "strong", "(?:in)?secure", "(?:un)?safe", "not", "(?:encrypt|sess)ion|storage", "long", "random",
            "example", "sample",
            "test", "demo", "dummy", "secret", "password", "passphrase", "passwd", "pass", "token", "key", "user",
            "name", "admin",
            "string", "here", "value", "word", "phrase", "foo", "bar", "baz", "[0-9_. -]",
        ]
        return Pattern(known: "(?:" + words.joined(separator: "|") + "){2,12}", ignoringCase: true)
    }()
}
