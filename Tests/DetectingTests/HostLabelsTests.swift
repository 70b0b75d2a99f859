import Documents
import Testing

@testable import Detecting

@Suite struct HostLabelsTests {
    @Test(arguments: ["aukstein", "puffin-nest2", "v20260110987", "lmurre", "xn--wrn-0qa", "srv-aukstein", "gullhq"])
    func aLabelOfSomebodyIsAName(label: String) {
        #expect(HostLabels.isName(label))
    }

    @Test(arguments: [
        "meet", "auth", "turn", "jvb1", "ns2", "mail-relay", "conference", "guest", "focus", "www", "git", "vpn",
        "cloud", "nextcloud", "grafana", "autodiscover", "k8s", "db01", "server", "pi", "2026", "lobby", "breakout",
        "speakerstats", "conferenceduration", "jibri", "jigasi", "recorder", "hidden", "internal", "api-dev", "smtp",
    ])
    func aLabelOfAServiceIsNone(label: String) {
        #expect(!HostLabels.isName(label))
    }

    @Test(arguments: [
        ("x meet.aukstein.gull.test", "aukstein.gull.test"), ("https://aukstein.gull.test", "aukstein.gull.test"),
        ("aukstein.meet.gull.test", "aukstein.meet.gull.test"), ("meet.gull.test", nil), ("gull.test", nil),
        ("lmurre@gull.test", nil), ("_dmarc.gull.test", nil), ("$aukstein.gull.test", nil),
        ("key._domainkey.gull.test", nil),
    ])
    func theNameBeginsWithTheFirstLabelThatIsOne(text: String, name: String?) {
        let bytes = Array(text.utf8)
        let span = HostLabels.name(before: Span(bytes.count - "gull.test".utf8.count, bytes.count), in: bytes)
        #expect(span.map { String(decoding: bytes[$0.range], as: UTF8.self) } == name)
    }

    @Test func theSuffixOfAPrivateNetworkNeedsAName() {
        #expect(HostLabels.privateSuffix(of: "auk.fritz.box") == ".fritz.box")
        #expect(HostLabels.privateSuffix(of: "auk.lan") == ".lan")
        #expect(HostLabels.privateSuffix(of: ".lan") == nil)
        #expect(HostLabels.privateSuffix(of: "auk.test") == nil)
    }
}
