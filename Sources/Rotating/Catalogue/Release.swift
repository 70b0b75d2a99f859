/// A release of the images: `stable-10741`, or `stable-5142-3`, the third patch of `stable-5142`.
public struct Release: Hashable, Sendable {
    /// The number of the release.
    public var number: Int
    /// The number of the patch; 0 for the release itself.
    public var patch: Int

    /// Parses `stable-NUMBER` or `stable-NUMBER-PATCH`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0] == "stable", let number = Int(parts[1]), number >= 0 else {
            return nil
        }
        self.number = number
        guard parts.count == 3 else {
            patch = 0
            return
        }
        guard let patch = Int(parts[2]), patch > 0 else { return nil }
        self.patch = patch
    }
}

extension Release: Comparable {
    /// Orders by number, then by patch.
    public static func < (left: Release, right: Release) -> Bool {
        (left.number, left.patch) < (right.number, right.patch)
    }
}

extension Release: CustomStringConvertible {
    /// The release in its original form.
    public var description: String { patch == 0 ? "stable-\(number)" : "stable-\(number)-\(patch)" }
}
