/// How much harm it does if a value becomes public.
public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// Reveals where the service is, and what it consists of.
    case infrastructure
    /// Reveals who runs it.
    case personal
    /// Gives access to it.
    case secret
}

extension Severity: Comparable {
    /// Orders from infrastructure, the least severe, to secret, the most severe.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .infrastructure: 0
        case .personal: 1
        case .secret: 2
        }
    }
}
