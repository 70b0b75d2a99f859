/// What files mention that decides how their values are searched for in all files.
struct Mentions: Sendable {
    /// The names of units and containers, and of the accounts that programs run under, in lower case.
    ///
    /// A login with such a name is also the name of files and folders, so it counts only where a rule found it.
    var programs: Set<String> = []
    /// The secrets that are also the name of something, such as a network, in the file that has them.
    var namedSecrets: Set<[UInt8]> = []
    /// The domains under which there is a machine or a mailbox, in lower case.
    ///
    /// Their first labels are names of the owner, although no setting shows it.
    var ownDomains: Set<[UInt8]> = []
    /// The resources of a cloud that are made.
    var resources: Set<NamedResource> = []

    /// Whether nothing is mentioned.
    var isEmpty: Bool { programs.isEmpty && namedSecrets.isEmpty && ownDomains.isEmpty && resources.isEmpty }

    /// Adds what another file mentions.
    mutating func formUnion(_ other: Mentions) {
        programs.formUnion(other.programs)
        namedSecrets.formUnion(other.namedSecrets)
        ownDomains.formUnion(other.ownDomains)
        resources.formUnion(other.resources)
    }
}
