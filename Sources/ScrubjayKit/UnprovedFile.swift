internal import Sanitizing

/// A file that cannot be proved clean.
struct UnprovedFile: Sendable {
    /// The path of the original.
    var source: String
    /// The problem.
    var error: SanitizingError

    /// The reason given for leaving out the file.
    var reason: String {
        "it could not be proved clean: " + error.message.replacing("; nothing was written", with: "")
    }

    /// Returns one error for several files: that of the first, naming the others; nil for none.
    static func error(for files: [UnprovedFile]) -> SanitizingError? {
        guard var error = files.first?.error else { return nil }
        let others = Set(files.dropFirst().map { $0.error.path ?? $0.source }).subtracting([error.path ?? ""]).sorted()
        guard !others.isEmpty else { return error }
        let shown = others.prefix(20).joined(separator: ", ") + (others.count > 20 ? ", …" : "")
        error.message += "; the same is the matter with \(others.count) more: \(shown)"
        return error
    }
}
