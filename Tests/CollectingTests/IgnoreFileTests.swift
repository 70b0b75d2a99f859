@testable import Collecting
import Testing

@Suite struct IgnoreFileTests {
    @Test func theLastRuleDecides() throws {
        let file = try #require(IgnoreFile("app/.gitignore", Array("# no\n\n*.log  \n!keep.log\n/data/\n\\\n".utf8)))
        #expect(file.names("app/old.log") && file.names("app/deep/old.log"))
        #expect(!file.names("app/keep.log"))
        #expect(file.names("app/data/x") && !file.names("app/deep/data/x"))
        // It says nothing of what lies beside its folder.
        #expect(!file.names("old.log"))
    }

    @Test func thoseOfDockerStartAtTheirFolder() throws {
        let file = try #require(IgnoreFile(".dockerignore", Array("secrets\n**/*.pem\n".utf8)))
        #expect(file.names("secrets/a") && !file.names("app/secrets/a"))
        #expect(file.names("key.pem") && file.names("app/key.pem"))
    }

    @Test func otherFilesAreNone() {
        #expect(IgnoreFile("ignore", Array("*\n".utf8)) == nil)
        #expect(IgnoreFile(".eslintignore", Array("*\n".utf8)) == nil)
    }
}
