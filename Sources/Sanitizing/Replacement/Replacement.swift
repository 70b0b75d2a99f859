internal import Documents

/// One value to replace at one place.
struct Replacement {
    /// The index of the finding.
    var finding: Int
    /// The index of the value in the scan.
    var value: Int
    /// The decoded bytes of the value at this place.
    var bytes: [UInt8]
    /// Its place and encoding; nil if it is in the path.
    var location: Location?
    /// The length of the network mask after an address, as in `10.0.0.0/16`; nil if there is none.
    var networkLength: Int?
    /// Whether it is in a sentence or a comment, which no program reads.
    var isProse = false
    /// Whether it belongs to a setting for the address at which a machine or a service listens.
    var isListened = false
    /// The word on its line that tells what it belongs to; nil if there is none.
    var topic: String?
}
