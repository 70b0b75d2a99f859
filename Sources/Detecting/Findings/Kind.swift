/// The kind of a sensitive value.
public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A password that a person or a program logs in with.
    case password
    /// A token that grants access: an API key, a bearer token, the secret part of a capability URL.
    case token
    /// A symmetric key or shared secret of a program.
    case secretKey
    /// The body of a private key.
    case privateKey
    /// The body of a public key, which identifies its owner.
    case publicKey
    /// The body of a certificate, which contains its owner's names.
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
    /// A registrable domain of the owner.
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
    /// The place of a person or a machine: coordinates, a postal address or a part of one.
    case place
    /// A time zone that its owner wants to hide.
    case timeZone

    /// The severity of values of this kind.
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
