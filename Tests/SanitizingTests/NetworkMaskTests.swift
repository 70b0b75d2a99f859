import Testing

@testable import Sanitizing

@Suite struct NetworkMaskTests {
    @Test(arguments: [
        ("192.0.2.0/25", 25), ("192.0.2.0/255.255.255.128", 25), ("192.0.2.0 netmask 255.255.248.0 {", 21),
        ("192.0.2.0  mask 255.255.255.0", 24), ("192.0.2.0 255.255.255.240\n", 28), ("192.0.2.0 0.0.0.127", 25),
        ("192.0.2.0\tnetmask\t255.255.255.192", 26),
    ])
    func aMaskIsReadInEverySpelling(text: String, length: Int) {
        #expect(NetworkMask.length(behind: 9, in: Array(text.utf8)) == length)
    }

    @Test(arguments: [
        "192.0.2.0", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0 198.51.100.7", "192.0.2.0 netmask", "192.0.2.0 0.0.0.0",
        "192.0.2.0\nnetmask 255.255.255.0", "192.0.2.0 netmask255.255.255.0", "192.0.2.0 255.0.255.0", "192.0.2.0/123",
    ])
    func whatIsNoMaskIsNone(text: String) {
        #expect(NetworkMask.length(behind: 9, in: Array(text.utf8)) == nil)
    }
}
