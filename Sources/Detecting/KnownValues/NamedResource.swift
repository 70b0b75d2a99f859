/// A resource of a cloud that a file makes under a name.
struct NamedResource: Hashable, Sendable {
    /// The type of the resource and its name in the file.
    var address: String
    /// The name that the cloud gets to know.
    var name: String
    /// Whether nobody else may have a resource of the type with that name, as with buckets.
    var isUnique: Bool
}
