import TestKit
import Testing

/// A misspelled word of the command line is answered with the word that was meant.
@Suite struct MisspellingTests {
    /// For each verb, a misspelled option and the right one.
    static let options: [(verb: [String], wrong: String, right: String)] = [
        (["collect"], "--inculde", "--include"), (["scan"], "--histroy", "--history"),
        (["sanitize"], "--reveiw", "--review"), (["rotate"], "--rolback", "--rollback"),
        (["bundle"], "--recipent", "--recipient"), (["verify"], "--agianst", "--against"),
        (["hydrate"], "--updaet", "--update"), (["keygen"], "--folows", "--follows"),
        (["rules", "list"], "--fromat", "--format"), (["rules", "show"], "--polcy", "--policy"),
        (["rules", "check"], "--hepl", "--help"), (["policy", "init"], "--forse", "--force"),
        (["policy", "check"], "--hepl", "--help"), (["restore"], "--identty", "--identity"),
        (["publish"], "--atest", "--attest"), (["drift"], "--modernise", "--modernize"),
    ]

    @Test(arguments: options)
    func anOptionOfEachVerb(verb: [String], wrong: String, right: String) throws {
        let folder = try TemporaryFolder()
        let tool = Tool(folder: folder.path)
        let run = try tool.run(Tool.products + "/scrubjay", verb + [wrong, "value"], input: [])
        #expect(run.status == 64)
        #expect(run.said == "scrubjay: '\(verb.last ?? "")' has no option '\(wrong)'\nhint: did you mean '\(right)'?\n")
    }

    @Test(arguments: [["sanitise"], ["help", "sanitise"]])
    func aVerb(words: [String]) throws {
        let folder = try TemporaryFolder()
        let run = try Tool(folder: folder.path).run(Tool.products + "/scrubjay", words, input: [])
        #expect(run.status == 64)
        #expect(run.said == "scrubjay: unknown command 'sanitise'\nhint: did you mean 'sanitize'?\n")
    }

    @Test func helpOfAKnownVerb() throws {
        let folder = try TemporaryFolder()
        let run = try Tool(folder: folder.path)("help", "sanitize")
        #expect(run.status == 0 && run.text.hasPrefix("OVERVIEW: Replace every secret"))
    }
}
