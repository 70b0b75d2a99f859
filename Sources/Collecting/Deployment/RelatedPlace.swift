public import SystemPackage

/// A place outside a deployment's folder that one of its files refers to.
public struct RelatedPlace: Hashable, Sendable {
    /// The absolute path.
    public var path: FilePath
    /// The file that names it, relative to the deployment's root.
    public var file: String
    /// The role of the reference, such as `CONFIG`, `env_file` or `a volume`.
    public var role: String
}
