/// What a rotation is to change.
public struct RotationOptions: Hashable, Sendable {
    /// The secrets to change, by name; nil for all that are the deployment's own.
    ///
    /// A name here also changes a secret that somebody else must change with it, which no rotation does by itself.
    public var only: Set<String>?
    /// The secrets to leave as they are, by name.
    public var except: Set<String>
    /// Whether every rewritten file becomes readable for its owner alone, and not just the `.env` files.
    ///
    /// A configuration file may be read by the user of a container, who is neither its owner nor in its group; so this
    /// is for deployments whose containers run as the owner.
    public var restrictsAllFiles: Bool

    /// How many characters fresh values have; nil for as many as the catalogue says.
    ///
    /// Fewer than 32 are not made.
    public var length: Int?

    /// Makes options; without arguments, for all secrets that are the deployment's own.
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
