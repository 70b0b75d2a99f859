import Testing

@testable import Documents

@Suite("Files named after hosts")
struct HostFileNameTests {
    @Test(
        "A name under a top-level domain is a host's where sites and zones lie",
        arguments: [
            ("wren.org", "sites-available"), ("meet.wren.pl", "sites-enabled"), ("wren.sh", "vhosts.d"),
            ("db.wren.org", ""), ("db.wren.sh", "bind"), ("wren.org", "zones"), ("wren.pl", "master"),
        ]
    )
    func hosts(name: String, folder: String) {
        #expect(HostFileName.contains(name, inFolder: folder))
    }

    @Test(
        "Elsewhere, and with other ends, it is a file's",
        arguments: [
            ("notes.org", ""), ("deploy.sh", "bind"), ("readme.md", "zones"), ("wren.conf", "sites-available"),
            ("setup.py", "src"), (".org", "zones"), ("org", "zones"),
        ]
    )
    func files(name: String, folder: String) {
        #expect(!HostFileName.contains(name, inFolder: folder))
    }

    @Test("A zone of an organization is read as one, not as an outline")
    func zone() {
        let text = Array("$TTL 3600\nauk IN A 192.0.2.7\n".utf8)
        #expect(Document(path: "bind/db.example.org", bytes: text).layers.first?.format == .table)
    }
}
