internal import CSodium

/// The one-time start of libsodium.
enum Library {
    private static let isReady = sodium_init() >= 0

    /// Starts libsodium on the first call; to be called before anything that allocates, draws or signs.
    ///
    /// The start fails only where the system offers no source of randomness. Nothing could be done without a secret
    /// then, and going on would be worse than ending, so it traps.
    static func start() {
        precondition(isReady, "libsodium found no source of randomness")
    }
}
