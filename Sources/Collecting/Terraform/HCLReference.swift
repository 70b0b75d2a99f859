/// A reference to an attribute of a resource.
struct HCLReference: Hashable, Sendable {
    /// The kind and path of the resource.
    var target: String
    var attribute: String
    /// The text around the reference, as in `"meet.${…}"`.
    var prefix = ""
}
