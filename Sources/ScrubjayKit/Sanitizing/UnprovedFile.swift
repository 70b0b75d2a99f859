internal import Sanitizing

/// A file that cannot be proved clean.
struct UnprovedFile: Sendable {
    /// The path of the original.
    var source: String
    /// The problem.
    var error: SanitizingError

    /// Whether the file consists of public keys of OpenPGP.
    ///
    /// It is left out without being asked for, because a name in a key cannot be replaced, and a key is no use to
    /// others.
    /// Keys in which no value is left stay, such as those of package repositories.
    var isPublicKey = false

    /// The reason given for leaving out the file.
    var reason: String {
        isPublicKey
            ? "a public key, which holds its owner's name or address" : "it could not be proved clean: \(error.message)"
    }

    /// The number of further files that an error names.
    private static let namedFiles = 20

    /// Returns one error for several files: that of the first, which names the others; nil for no files.
    static func error(for files: [UnprovedFile]) -> SanitizingError? {
        guard var error = files.first?.error.endingTheRun else { return nil }
        let others = Set(files.dropFirst().map { $0.error.place ?? $0.source }).subtracting([error.place ?? ""])
            .sorted()
        guard !others.isEmpty else { return error }
        let shown = others.prefix(namedFiles).joined(separator: ", ") + (others.count > namedFiles ? ", …" : "")
        error.message +=
            "; \(others.count == 1 ? "1 more file has" : "\(others.count) more files have") the same problem: \(shown)"
        return error
    }
}

extension SanitizingError {
    /// The error that ends a run because of this file; it says that nothing was written if the output was at fault.
    var endingTheRun: SanitizingError {
        var error = self
        switch code {
        case .residue, .found, .malformed: error.message += "; nothing was written"
        default: break
        }
        return error
    }
}
