import ScrubjayKit
import Testing

/// What a bundle is called when nobody says so.
@Suite struct BundleFileNameTests {
    @Test(arguments: [
        ("jitsi-1.1.tar.gz", "jitsi", "1.1"), ("jitsi-1.1.0.tar.zst", "jitsi", "1.1.0"),
        ("jitsi-gcp-1.0.tar", "jitsi-gcp", "1.0"), ("jitsi-v2.tar.gz", "jitsi", "2"),
        ("jitsi_2.0-rc.1.tgz", "jitsi", "2.0-rc.1"), ("jitsi-1.0rc1.tar.gz", "jitsi", "1.0rc1"),
        ("jitsi-2026-11-30.tar.gz", "jitsi", "2026-11-30"), ("jitsi-1.1.tar.gz.age", "jitsi", "1.1"),
        ("jitsi.tar.gz", "jitsi", nil), ("eu-west-1.tar.gz", "eu-west-1", nil), ("1.0.tar", "1.0", nil),
        ("jitsi-4nodes.tar.gz", "jitsi-4nodes", nil), ("jitsi-.tar.gz", "jitsi-", nil),
        ("jitsi-1.tar.gz", "jitsi-1", nil), ("jitsi-1..2.tar.gz", "jitsi-1..2", nil),
    ])
    func tellsNameAndVersion(fileName: String, name: String, version: String?) {
        let read = BundleFileName(fileName)
        #expect(read.name == name && read.version == version)
    }
}
