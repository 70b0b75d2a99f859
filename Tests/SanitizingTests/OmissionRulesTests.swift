import Documents
import Testing

@testable import Sanitizing

@Suite struct OmissionRulesTests {
    @Test(arguments: [
        "jvb/jvb.log", ".scrubjay-previous.age", "nginx/access.log.1", "nginx/error.log.2.gz", "jicofo.log-20260131",
        ".env.bak", ".bash_history", ".env.20240301", "backups/.env.20240301", "turnserver.conf-2024-03-01",
        "prosody/data/meet%2etest/accounts/focus.dat", "main.tfstate", ".git/config", "docs/.notes.md.swp",
    ])
    func isLeftOut(path: String) { #expect(OmissionRules.omission(path: path, contents: .text) != nil) }

    @Test(arguments: [
        ".env", "logging.properties", "docs/my.logger.conf", "log4j.xml", "app.log.md", "rotate.logrotate",
        "catalog.yml",
    ])
    func stays(path: String) { #expect(OmissionRules.omission(path: path, contents: .text) == nil) }

    @Test func aBinaryHasAReason() {
        let reasons = ["a.p12", "talk.mp4", "x.sqlite", "all.tar.gz", "a.out"].map {
            OmissionRules.omission(path: $0, contents: .binary)
        }
        #expect(Set(reasons).count == 5 && !reasons.contains(nil))
        #expect(OmissionRules.omission(path: "logo.png", contents: .image(metadataByteCount: 7)) == nil)
        #expect(OmissionRules.omission(path: "secret.env", contents: .encrypted) == nil)
    }

    /// A PDF of letters alone would read as a text, with its author in it.
    @Test func aPDFIsLeftOutEvenAsText() {
        let document = Document(path: "lease.pdf", bytes: Array("%PDF-1.4\n1 0 obj\n<< /Author (A) >>\nendobj\n".utf8))
        #expect(!document.isBinary && OmissionRules.omission(of: document)?.isFinal == true)
    }

    @Test func whatIsEncryptedIsKnown() {
        #expect(EncryptedFile.isOne(Array("\0GITCRYPT\0abcdefghijkl".utf8)))
        #expect(EncryptedFile.isOne(Array("age-encryption.org/v1\n-> X25519 x\n".utf8)))
        #expect(!EncryptedFile.isOne(Array("GITCRYPT".utf8)))
    }

    /// Comments and the descriptions of OpenSSL do not make a list of certificates a file with certificates in it.
    @Test(arguments: [
        ("# Auk Root\n", true), ("Bag Attributes\n    localKeyID: 01 02\nsubject=CN = auk\n\nissuer=CN = auk\n", true),
        ("Certificate:\n    Data:\n        Version: 3 (0x2)\n", true), ("", true), ("ca: |\n", false),
        ("<ca>\n", false), ("client\n# comment\n", false),
    ])
    func aListOfCertificatesIsOne(beginning: String, isOne: Bool) {
        let block = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
        let bytes = Array((beginning + block + "\n" + beginning + block).utf8)
        #expect((KeyMaterialFile.keyMaterial(of: bytes) == .certificate) == isOne)
    }

    /// What a deployment makes itself is told from what is lost, also when the list is read again.
    @Test(arguments: [
        ("tls.key", OmissionRules.Contents.privateKey, true), ("store.jks", .binary, true),
        ("accounts/jvb.dat", .text, true), ("jvb.log", .text, false), ("film.mp4", .binary, false),
    ])
    func saysWhatIsMadeAfresh(path: String, contents: OmissionRules.Contents, isMadeAfresh: Bool) throws {
        let reason = try #require(OmissionRules.omission(path: path, contents: contents)).reason
        #expect(reason.isMadeAfresh == isMadeAfresh)
        let omission = ParameterFile.Omission(path: path, reason: reason.text, isMadeAfresh: isMadeAfresh)
        let list = ParameterFile(parameters: [], omissions: [omission]).serialized()
        #expect(try ParameterFile(parsing: list).omissions == [omission])
        #expect(String(decoding: list, as: UTF8.self).contains("madeAfresh") == isMadeAfresh)
    }
}
