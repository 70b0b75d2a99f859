internal import Detecting

/// Names for kinds and severities on a page.
enum KindText {
    /// The name of one value of the kind.
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

    /// The severities, the worst first.
    static let severities = Severity.allCases.sorted(by: >)

    /// The meaning of a severity.
    static func meaning(_ severity: Severity) -> String {
        switch severity {
        case .secret: "opens something"
        case .personal: "says who it belongs to"
        case .infrastructure: "says where it runs"
        }
    }
}
