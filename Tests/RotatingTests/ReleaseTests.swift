import Testing

@testable import Rotating

@Suite struct ReleaseTests {
    @Test func readsAndOrdersReleases() throws {
        let texts = ["stable-3508", "stable-5142", "stable-5142-2", "stable-5142-3", "stable-10741"]
        let releases = try texts.map { try #require(Release($0)) }
        #expect(releases == releases.sorted())
        #expect(releases.map(\.description) == texts)
    }

    @Test(arguments: [
        "", "stable", "stable-", "unstable-1", "stable-1-0", "stable-1-2-3", "stable--1", "latest", "stable-x",
    ])
    func refusesWhatIsNoRelease(text: String) {
        #expect(Release(text) == nil)
    }
}
