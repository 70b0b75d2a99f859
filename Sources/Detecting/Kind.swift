/// What a sensitive value is.
public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A password that a person or a program logs in with.
    case password
    /// A token that stands for a login: an API key, a bearer token, a capability URL's secret part.
    case token
    /// A symmetric key or shared secret of a program.
    case secretKey
    /// The body of a private key.
    case privateKey
    /// The body of a public key, which its owner is known by.
    case publicKey
    /// The body of a certificate, which holds its owner's names.
    case certificate
    /// A password in hashed form: crypt, bcrypt, SCRAM keys, htpasswd.
    case passwordHash
    /// The salt of a hashed password.
    case salt
    /// An IPv4 address.
    case ipv4
    /// An IPv6 address.
    case ipv6
    /// A hardware address.
    case mac
    /// A registrable domain that is the owner's.
    case domain
    /// The name of a machine.
    case hostName
    /// An email address.
    case email
    /// The ID of a cloud project.
    case projectID
    /// The number of a cloud project.
    case projectNumber
    /// The name that a person logs in with.
    case userName
    /// The name of a person.
    case personName
    /// A phone number.
    case phone
    /// The home folder of a person.
    case homePath
    /// The ID of an account at a service.
    case accountID
    /// The ID of a machine, disk, zone or other resource.
    case resourceID
    /// The name of a wireless network.
    case networkName
    /// Where somebody lives or a machine stands: coordinates, a postal address or a part of one.
    case place
    /// A time zone, where its owner wants it hidden.
    case timeZone

    /// How bad a value of this kind is in public.
    public var severity: Severity {
        switch self {
        case .password, .token, .secretKey, .privateKey, .passwordHash, .salt: .secret
        case .publicKey, .certificate, .domain, .email, .projectID, .projectNumber, .userName, .personName, .phone,
            .homePath, .accountID, .place, .timeZone:
            .personal
        case .ipv4, .ipv6, .mac, .hostName, .resourceID, .networkName: .infrastructure
        }
    }
}
