/// The scope and form of a rotation.
public struct RotationOptions: Hashable, Sendable {
    /// The names of the secrets to change; nil for all secrets that the deployment can change alone.
    ///
    /// A name here also selects a secret that another party must change as well; such secrets are excluded by default.
    public var only: Set<String>?
    /// The names of the secrets to leave unchanged.
    public var except: Set<String>
    /// Whether every rewritten file becomes readable only by its owner, rather than only the `.env` files.
    ///
    /// A container's user may read a configuration file without being its owner or in its group, so this is meant for
    /// deployments whose containers run as the owner.
    public var restrictsAllFiles: Bool

    /// The number of characters in fresh values, at least 32; nil for the catalogue's choice.
    public var length: Int?

    /// Makes options; by default for all secrets that the deployment can change alone.
    public init(
        only: Set<String>? = nil,
        except: Set<String> = [],
        restrictsAllFiles: Bool = false,
        length: Int? = nil
    ) {
        self.length = length
        self.only = only
        self.except = except
        self.restrictsAllFiles = restrictsAllFiles
    }
}
