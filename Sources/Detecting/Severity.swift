/// How bad a value is in public.
public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// Where the service is, and what it is made of.
    case infrastructure
    /// Who runs it.
    case personal
    /// What opens it.
    case secret
}

extension Severity: Comparable {
    /// Orders from infrastructure, the least, to secret, the worst.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .infrastructure: 0
        case .personal: 1
        case .secret: 2
        }
    }
}
