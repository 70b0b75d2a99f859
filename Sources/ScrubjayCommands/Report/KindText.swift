internal import Detecting

/// Kinds and severities in the words of a page.
enum KindText {
    /// What one value of the kind is called.
    static func word(_ kind: Kind) -> String {
        switch kind {
        case .password: "password"
        case .token: "token"
        case .secretKey: "secret key"
        case .privateKey: "private key"
        case .publicKey: "public key"
        case .certificate: "certificate"
        case .passwordHash: "password hash"
        case .salt: "salt"
        case .ipv4: "IPv4 address"
        case .ipv6: "IPv6 address"
        case .mac: "hardware address"
        case .domain: "domain"
        case .hostName: "host name"
        case .email: "email address"
        case .projectID: "project ID"
        case .projectNumber: "project number"
        case .userName: "user name"
        case .personName: "person's name"
        case .phone: "phone number"
        case .homePath: "home folder"
        case .accountID: "account ID"
        case .resourceID: "resource ID"
        case .networkName: "network name"
        case .place: "place"
        case .timeZone: "time zone"
        }
    }

    /// The severities from the worst.
    static let severities = Severity.allCases.sorted(by: >)

    /// What a severity means.
    static func meaning(_ severity: Severity) -> String {
        switch severity {
        case .secret: "opens something"
        case .personal: "says who it belongs to"
        case .infrastructure: "says where it runs"
        }
    }
}
