import Detecting
import Testing

@testable import Sanitizing

@Suite struct ParameterNamesTests {
    @Test(arguments: [
        ("JVB_AUTH_PASSWORD", "jvb_auth_password"), ("jvbAuthPassword", "jvb_auth_password"),
        ("static-auth-secret", "static_auth_secret"), ("org.jitsi.PASSWORD", "org_jitsi_password"), ("__a--b__", "a_b"),
    ])
    func normalizes(key: String, name: String) { #expect(ParameterNames.normalized(key) == name) }

    @Test func numbersNamesThatAreTaken() {
        var names = ParameterNames(values: [])
        names.reserve("password")
        #expect(names.name(keys: [], kind: .password, isPrivate: false) == "password_2")
        #expect(names.name(keys: ["PASSWORD"], kind: .password, isPrivate: false) == "password_3")
        #expect(names.name(keys: [], kind: .ipv4, isPrivate: true) == "private_address")
    }

    @Test func noNameHoldsAValue() {
        let values: [(bytes: [UInt8], kind: Kind)] = [
            (Array("wrenfield.test".utf8), .domain), (Array("hunter22".utf8), .password),
            (Array("meet.jitsi.local".utf8), .hostName),
        ]
        var names = ParameterNames(values: values)
        #expect(names.name(keys: ["meet.wrenfield.test_password"], kind: .password, isPrivate: false) == "password")
        #expect(names.name(keys: ["wrenfield_token"], kind: .token, isPrivate: false) == "token")
        #expect(names.name(keys: ["x-Hunter22", "good_key"], kind: .token, isPrivate: false) == "good_key")
        #expect(names.name(keys: ["meet_password"], kind: .password, isPrivate: false) == "meet_password")
    }
}
