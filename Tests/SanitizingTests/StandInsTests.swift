import Detecting
import Foundation
import Testing

@testable import Sanitizing

@Suite struct StandInsTests {
    private func standIns(_ values: [String], _ kind: Kind, name: String = "x", rule: String = "x") throws -> [String] {
        var standIns = StandIns()
        return try values.map {
            try standIns.standIn(for: Array($0.utf8), kind: kind, rule: rule, name: name, mustBeNumber: false)
        }
    }

    @Test func aSecretNamesItsParameter() throws {
        #expect(try standIns(["a"], .password, name: "jvb_auth_password") == ["REPLACE-jvb-auth-password"])
    }

    /// Docker and Kubernetes refuse a network with bits of a host in its address.
    @Test func aLargeNetworkBeginsAtAMultipleOfItsSize() throws {
        func network(_ address: String, _ length: Int) -> AddressStandIns.Network {
            AddressStandIns.Network(address: AddressText.ipv4(Array(address.utf8)) ?? [], length: length)
        }
        func standIns(_ networks: [AddressStandIns.Network], _ addresses: [String]) throws -> [String] {
            var standIns = StandIns()
            standIns.addresses.reserve(networks: networks)
            return try addresses.map {
                try standIns.standIn(for: Array($0.utf8), kind: .ipv4, rule: "x", name: "x", mustBeNumber: false)
            }
        }
        let addresses = ["10.31.7.44", "172.28.0.0", "172.28.0.10", "172.28.37.1", "10.9.64.0"]
        #expect(
            try standIns([network("10.9.64.0", 18), network("172.28.0.0", 16)], addresses) == [
                "198.19.255.1", "198.18.0.0", "198.18.0.1", "198.18.37.1", "198.19.0.0",
            ]
        )
        // Two of 16 bits have a place; what has bits of a host already needs none.
        #expect(
            try standIns(
                [network("172.28.0.0", 16), network("172.29.0.0", 16), network("172.30.16.0", 16)],
                [
                    "172.28.0.0", "172.29.0.0", "172.30.16.0",
                ]
            ) == ["198.18.0.0", "198.19.0.0", "198.19.255.0"]
        )
    }

    /// Another value would still stand in the stand-in, and the proof would find it there.
    @Test(arguments: [
        ("project-1", "example-project-2"), ("Project-1", "example-project-2"), ("1", "example-project-2"),
        ("ample-project-1", "example-project-1"), ("project", "example-project-1"),
    ])
    func noStandInHoldsAValue(value: String, expected: String) throws {
        var standIns = StandIns()
        standIns.avoid(Array(value.utf8))
        let made = try standIns.standIn(
            for: Array("finch-meet".utf8),
            kind: .projectID,
            rule: "x",
            name: "p",
            mustBeNumber: false
        )
        #expect(made == expected)
    }

    @Test func whatHasNoBlankGetsNone() throws {
        #expect(try standIns(["Ada Wren", "Ada", "Bo"], .personName) == ["User One", "User-2", "User-3"])
        #expect(try standIns(["+49151123", "+49 151 124"], .phone) == ["+12025550100", "+1 202 555 0101"])
        for (text, kind) in [("User-2", Kind.personName), ("+12025550100", .phone)] {
            #expect(ReservedValues.builtIn.contains(text.utf8, kind: kind))
        }
    }

    @Test func aSystemGetsANumberForDocumentation() throws {
        let numbers = try standIns(["201847", "39912", "201847"], .accountID, rule: "own-as-number")
        #expect(numbers == ["64496", "64497", "64496"])
        #expect(SystemNumbers.text(15) == "64511" && SystemNumbers.text(16) == "64512")
        #expect(SystemNumbers.text(16 + 1023) == "65536")
    }

    @Test func theNumberInASIPAddressIsThatOfTheAccount() throws {
        var standIns = StandIns()
        func standIn(_ value: String, _ kind: Kind) throws -> String {
            try standIns.standIn(for: Array(value.utf8), kind: kind, rule: "x", name: "x", mustBeNumber: false)
        }
        let number = try standIn("900123456780", .accountID)
        #expect(try standIn("900123456780@sip.puffin.test", .email) == "\(number)@example.com")
    }

    @Test func aPhoneHasOneStandInHoweverItIsWritten() throws {
        let spellings = ["+49 30 4471153", "0049304471153", "(030) 4471153", "030 / 44 71 15 3", "+49 (0)30 4471153"]
        #expect(
            try standIns(spellings + ["030 4471154"], .phone) == [
                "+1 202 555 0100", "0012025550100", "+1 202 555 0100", "+1 202 555 0100", "+1 202 555 0100",
                "+1 202 555 0101",
            ]
        )
    }

    @Test func aPhoneOfAnEarlierRunKeepsItsStandInInAnotherSpelling() throws {
        var standIns = StandIns()
        standIns.adopt("+1 303 555 0142", for: Array("+49 30 4471153".utf8), kind: .phone)
        func standIn(_ text: String) throws -> String {
            try standIns.standIn(for: Array(text.utf8), kind: .phone, rule: "x", name: "x", mustBeNumber: false)
        }
        #expect(try standIn("0049304471153") == "0013035550142")
        #expect(try standIn("030 4471154") == "+1 303 555 0143")
        standIns.adopt("0013035550151", for: Array("0049304471155".utf8), kind: .phone)
        #expect(try standIn("+49 30 4471155") == "+1 303 555 0151")
    }

    /// A dial plan compares a number with what a caller dials.
    @Test func aPhoneOfDigitsOnlyStaysOne() throws {
        #expect(try standIns(["4951230155", "03044711"], .phone) == ["12025550100", "12025550101"])
        #expect(ReservedValues.builtIn.contains("12025550100".utf8, kind: .phone))
    }

    @Test func aHostKeepsTheSuffixOfItsNetwork() throws {
        let names = ["auk", "auk.internal", "puffin.lan", "auk.fritz.box", "b.auk.home.arpa", "internal"]
        #expect(
            try standIns(names, .hostName) == [
                "host1", "host1.internal", "host2.lan", "host1.fritz.box", "host3.home.arpa", "host4",
            ]
        )
    }

    @Test func aSuffixThatIsAValueDoesNotStay() throws {
        var standIns = StandIns()
        standIns.avoid(Array("intern".utf8))
        func standIn(_ text: String) throws -> String {
            try standIns.standIn(for: Array(text.utf8), kind: .hostName, rule: "x", name: "x", mustBeNumber: false)
        }
        #expect(try ["auk", "auk.intern", "auk.lan"].map(standIn) == ["host1", "host2", "host1.lan"])
    }

    /// Otherwise two hosts would have one stand-in.
    @Test func aStandInOfAnEarlierRunWithoutTheSuffixIsOfTheWholeName() throws {
        var standIns = StandIns()
        standIns.adopt("host2", for: Array("auk.internal".utf8), kind: .hostName)
        standIns.adopt("host5.lan", for: Array("gull.lan".utf8), kind: .hostName)
        func standIn(_ text: String) throws -> String {
            try standIns.standIn(for: Array(text.utf8), kind: .hostName, rule: "x", name: "x", mustBeNumber: false)
        }
        #expect(try ["auk", "gull", "gull.internal"].map(standIn) == ["host6", "host5", "host5.internal"])
    }

    /// `meet` says what a machine does; `aukstein` names it.
    @Test func labelsThatAreNamesAreReplacedUnderADomain() throws {
        let domains = [
            "wrenfield.test", "aukstein.wrenfield.test", "meet.aukstein.wrenfield.test", "v48151623.gull.test",
        ]
        let made = try standIns(domains, .domain)
        #expect(made == ["example.org", "host1.example.org", "meet.host1.example.org", "host2.example.net"])
        for name in made { #expect(ReservedValues.builtIn.contains(name.utf8, kind: .domain)) }
    }

    @Test func theDomainBehindAHostOfAnEarlierRunKeepsItsStandIn() throws {
        var standIns = StandIns()
        standIns.adopt("host3.example.net", for: Array("aukstein.wrenfield.test".utf8), kind: .domain)
        func standIn(_ text: String) throws -> String {
            try standIns.standIn(for: Array(text.utf8), kind: .domain, rule: "x", name: "x", mustBeNumber: false)
        }
        #expect(try standIn("wrenfield.test") == "example.net")
        #expect(try standIn("gull.test") == "example.org")
        #expect(try standIn("aukstein.gull.test") == "host3.example.org")
        #expect(try standIn("puffinstein.gull.test") == "host4.example.org")
    }

    @Test func aListOfNumbersStaysOne() throws {
        let lists = ["17, 203, 88, 4, 151, 62, 249, 33", "0x11,0xCB,0x58,0x04,0x97,0x3E,0xF9,0x21"]
        let made = try standIns(lists, .secretKey)
        #expect(made == ["0, 0, 0, 0, 0, 0, 0, 1", "0x00,0x00,0x00,0x00,0x00,0x00,0x00,0x02"])
        #expect(NumberList([0])?.counting(1) == nil)
        #expect(NumberList(Array("1 2 3 4 5 6 7 8 9".utf8))?.counting(0x1234) == "0 0 0 0 0 1 2 3 4")
    }

    @Test func aPlaceKeepsItsForm() throws {
        let given = [
            "51.40213", "-1.325", "51.40213,-1.32508", "51 24 7.668 N 1 19 30.288 W", "94617", "Gannet Lane 14b",
            "Aukhaven", "9461 HR", "51.40214",
        ]
        let made = try standIns(given, .place)
        #expect(
            made == [
                "0.00001", "-0.0001", "0.00001,-0.00001", "0 0 0.0001 N 0 0 0.0001 W", "00001", "Example Place 1",
                "Place-1", "Example Place 2", "0.00002",
            ]
        )
        for standIn in made { #expect(ReservedValues.builtIn.contains(standIn.utf8, kind: .place), "\(standIn)") }
    }

    @Test func addressesOfOneNetworkStayInOneNetwork() throws {
        let given = ["245.35.72.19", "245.35.72.44", "246.118.9.203", "245.35.72.0", "245.35.72.255", "245.35.72.19"]
        let expected = ["192.0.2.1", "192.0.2.2", "198.51.100.1", "192.0.2.0", "192.0.2.255", "192.0.2.1"]
        #expect(try standIns(given, .ipv4) == expected)
    }

    /// Validators of CIDR and firewalls refuse a network with bits of a host in its address.
    @Test func aSmallNetworkKeepsItsFirstAndLastAddress() throws {
        func network(_ address: String, _ length: Int) -> AddressStandIns.Network {
            AddressStandIns.Network(address: AddressText.ipv4(Array(address.utf8)) ?? [], length: length)
        }
        func assigned(_ standIns: inout StandIns, _ addresses: [String]) throws -> [String] {
            try addresses.map {
                try standIns.standIn(for: Array($0.utf8), kind: .ipv4, rule: "x", name: "x", mustBeNumber: false)
            }
        }
        var standIns = StandIns()
        standIns.addresses.reserve(subnets: [network("245.35.14.72", 29), network("10.7.3.129", 25)])
        let given = [
            "245.35.14.72", "245.35.14.79", "245.35.14.75", "245.35.14.3", "10.7.3.255", "10.7.3.129", "10.7.3.9",
        ]
        let expected = [
            "192.0.2.8", "192.0.2.15", "192.0.2.9", "192.0.2.1", "198.18.3.255", "198.18.3.129", "198.18.3.1",
        ]
        #expect(try assigned(&standIns, given) == expected)
        // The next run goes on where this one ended.
        var next = StandIns()
        for (value, standIn) in zip(given, expected) { next.adopt(standIn, for: Array(value.utf8), kind: .ipv4) }
        next.addresses.reserve(subnets: [network("245.35.14.72", 29), network("245.35.14.80", 30)])
        #expect(
            try assigned(&next, ["245.35.14.76", "245.35.14.4", "245.35.14.80", "245.35.14.83"]) == [
                "192.0.2.10", "192.0.2.2", "192.0.2.4", "192.0.2.7",
            ]
        )
    }

    @Test func privateNetworksOfOneBlockStayTogether() throws {
        let given = ["10.128.0.2", "10.128.3.2", "192.168.178.20", "10.128.0.0", "10.128.16.9"]
        let expected = ["198.18.0.1", "198.18.3.1", "198.18.18.1", "198.18.0.0", "198.18.32.1"]
        #expect(try standIns(given, .ipv4) == expected)
    }

    @Test func noTwoAddressesShareAStandIn() throws {
        var given: [String] = []
        for network in 0..<120 {
            for host in 0..<256 { given.append("10.\(network / 2).\(network * 37 % 256).\(host)") }
        }
        let distinct = Set(given)
        #expect(Set(try standIns(given, .ipv4)).count == distinct.count)
    }

    @Test func aLongListOfStrangersStillHasStandIns() throws {
        let given = (0..<4000).map { "24\($0 % 6).\($0 / 256).\($0 % 256).\(1 + $0 % 200)" }
        let made = try standIns(given, .ipv4)
        #expect(Set(made).count == Set(given).count)
        #expect(made.allSatisfy { ReservedValues.builtIn.contains($0.utf8, kind: .ipv4) })
        #expect(made[3].hasPrefix("198.19.255."))
    }

    @Test func saysWhenTheRangesAreFull() throws {
        let given = (0..<20_000).map { "24\($0 % 6).\($0 / 256).\($0 % 256).1" }
        let error = #expect(throws: SanitizingError.self) { try standIns(given, .ipv4) }
        #expect(error?.code == .exhausted)
        let named = error?.naming(fileWithMost: [("a.conf", 3), ("strangers.conf", 20_000), ("b.conf", 0)])
        #expect(named?.place == "strangers.conf")
        #expect(SanitizingError(.residue, "x").naming(fileWithMost: [("a.conf", 3)]).place == nil)
    }

    @Test func moreHardwareAddressesThanAreReserved() throws {
        let given = (0..<300).map { "42:01:0a:80:" + ($0 < 256 ? "00:" : "01:") + (0...255).map { hex($0) }[$0 % 256] }
        let made = try standIns(given, .mac)
        #expect(made[255] == "00:00:5e:00:53:ff")
        #expect(made[256] == "02:00:5e:00:00:00")
        #expect(Set(made).count == 300)
        #expect(made.allSatisfy { ReservedValues.builtIn.contains($0.utf8, kind: .mac) })
    }

    private func hex(_ byte: Int) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    @Test func anIdentifierKeepsItsForm() throws {
        let given = [
            "i-0a1b2c3d4e5f60718", "i-0a1b2c3d4e5f60719", "Z0A1B2C3D4E5F6G7H8I9", "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            "4711",
        ]
        let made = try standIns(given, .resourceID)
        #expect(
            made == [
                "i-00000000000000001", "i-00000000000000002", "Z0000000000000000001",
                "f0000000000000000000000000000001", "10000001",
            ]
        )
        #expect(made.allSatisfy { ReservedValues.builtIn.contains($0.utf8, kind: .resourceID) })
        #expect(try standIns(["auk-cellar-state"], .resourceID, rule: "bucket") == ["example-bucket-1"])
        #expect(try standIns(["auk-cellar-state"], .resourceID) == ["REPLACE-x"])
    }

    @Test func aKeyInBase64StaysOne() throws {
        let given = (1...2).map { Data(repeating: UInt8($0), count: 32).base64EncodedString() }
        let made = try standIns(given, .privateKey, name: "wireguard_private_key_of_the_first_server")
        let texts = made.map { String(decoding: Data(base64Encoded: $0) ?? Data(), as: UTF8.self) }
        #expect(texts == ["REPLACE-wireguard-private-key-of", "REPLACE-wireguard-private-key--1"])
        #expect(made.allSatisfy { ReservedValues.builtIn.contains($0.utf8, kind: .privateKey) })
        #expect(try standIns(["short"], .privateKey) == ["REPLACE-x"])
    }

    @Test func otherAddresses() throws {
        #expect(
            try standIns(["4a01:4f8:c17:2b::1", "4a01:4f8:c17:2b::", "fd7a:1::5", "4A01:4f8:c17:2b:0::1"], .ipv6)
                == ["2001:db8:0:1::1", "2001:db8:0:1::", "2001:db8:0:2::1", "2001:db8:0:1::1"]
        )
        #expect(
            try standIns(["42:01:0a:80:00:02", "42-01-0a-80-00-03", "4201.0a80.0004"], .mac)
                == ["00:00:5e:00:53:00", "00-00-5e-00-53-01", "0000.5e00.5302"]
        )
    }

    @Test func anEmailFollowsItsDomain() throws {
        var standIns = StandIns()
        let domain = try standIns.standIn(
            for: Array("wren.test".utf8),
            kind: .domain,
            rule: "x",
            name: "d",
            mustBeNumber: false
        )
        #expect(domain == "example.org")
        let here = try standIns.standIn(
            for: Array("a@mail.wren.test".utf8),
            kind: .email,
            rule: "x",
            name: "e",
            mustBeNumber: false
        )
        #expect(here == "contact1@mail.example.org")
        let elsewhere = try standIns.standIn(
            for: Array("a@post.test".utf8),
            kind: .email,
            rule: "x",
            name: "e",
            mustBeNumber: false
        )
        #expect(elsewhere == "contact2@example.com")
    }

    @Test func aLoginWithADomainIsThatLogin() throws {
        var standIns = StandIns()
        let user = try standIns.standIn(
            for: Array("bo".utf8),
            kind: .userName,
            rule: "x",
            name: "u",
            mustBeNumber: false
        )
        let login = try standIns.standIn(
            for: Array("bo@post.test".utf8),
            kind: .email,
            rule: "x",
            name: "e",
            mustBeNumber: false
        )
        #expect([user, login] == ["user1", "user1@example.com"])
    }

    @Test func aHomeFollowsItsUser() throws {
        var standIns = StandIns()
        _ = try standIns.standIn(for: Array("root2".utf8), kind: .userName, rule: "x", name: "u", mustBeNumber: false)
        let user = try standIns.standIn(
            for: Array("wren".utf8),
            kind: .userName,
            rule: "x",
            name: "u",
            mustBeNumber: false
        )
        let home = try standIns.standIn(
            for: Array("/home/wren".utf8),
            kind: .homePath,
            rule: "x",
            name: "h",
            mustBeNumber: false
        )
        #expect([user, home] == ["user2", "/home/user2"])
    }

    @Test func numbersKeepTheirLength() throws {
        #expect(try standIns(["481516234299", "481516234300"], .projectNumber) == ["100000000001", "100000000002"])
        var standIns = StandIns()
        let pin = try standIns.standIn(
            for: Array("4711".utf8),
            kind: .password,
            rule: "x",
            name: "pin",
            mustBeNumber: true
        )
        #expect(pin == "10000001")
    }

    @Test func whatAnEarlierRunGaveIsPassedOver() throws {
        var standIns = StandIns()
        for text in ["user1", "example.org", "192.0.2.1", "REPLACE-x"] { standIns.reserve(text) }
        #expect(
            try standIns.standIn(for: Array("w".utf8), kind: .userName, rule: "x", name: "u", mustBeNumber: false)
                == "user2"
        )
        #expect(
            try standIns.standIn(for: Array("w".utf8), kind: .domain, rule: "x", name: "u", mustBeNumber: false)
                == "example.net"
        )
        let address = try standIns.standIn(
            for: Array("245.1.1.1".utf8),
            kind: .ipv4,
            rule: "x",
            name: "a",
            mustBeNumber: false
        )
        #expect(address == "192.0.2.2")
    }

    /// A scan of sanitized output finds nothing only if every stand-in is known to be nobody's.
    @Test(arguments: Kind.allCases)
    func everyStandInIsReserved(kind: Kind) throws {
        let samples: [Kind: [String]] = [
            .ipv4: ["245.1.2.3", "10.1.2.3", "192.168.1.0"], .ipv6: ["4a01::1", "fd00::"], .mac: ["42:01:0a:80:00:02"],
            .projectNumber: ["481516234299"],
            .accountID: ["123456789", "7d9c8f3e-1b2a-4c5d-8e9f-0a1b2c3d4e5f", "zone-x"],
            .resourceID: ["123456789", "7d9c8f3e-1b2a-4c5d-8e9f-0a1b2c3d4e5f", "vol-7"],
            .homePath: ["/home/wren", "/Users/wren"],
        ]
        for standIn in try standIns((samples[kind] ?? (0..<12).map { "value\($0)" }), kind) {
            #expect(ReservedValues.builtIn.contains(standIn.utf8, kind: kind), "\(standIn) as \(kind.rawValue)")
        }
        var numbers = StandIns()
        let number = try numbers.standIn(for: Array("4711".utf8), kind: kind, rule: "x", name: "x", mustBeNumber: true)
        #expect(ReservedValues.builtIn.contains(number.utf8, kind: kind), "\(number) as \(kind.rawValue)")
    }
}
