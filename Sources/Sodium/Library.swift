internal import CSodium

/// The one-time initialisation of libsodium.
enum Library {
    private static let isReady = sodium_init() >= 0

    /// Initialises libsodium on the first call; required before anything that allocates, draws or signs.
    ///
    /// Initialisation fails only if the system has no source of randomness. Continuing without one would be worse than
    /// ending, so it traps.
    static func start() {
        precondition(isReady, "libsodium found no source of randomness")
    }
}
