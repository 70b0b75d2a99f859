internal import Detecting

/// The value that represents all values with the same bytes.
///
/// Two rules may find one value as two kinds; it still gets one stand-in.
struct ValueRepresentatives {
    private let valueIndices: [Int]
    private let representatives: [Int]

    init(_ scan: ScanResult) {
        var best: [[UInt8]: Int] = [:]
        for (index, value) in scan.values.enumerated() where value.derivation == nil {
            let key = Self.key(of: value)
            guard let other = best[key] else {
                best[key] = index
                continue
            }
            if Self.rank(of: value.kind) > Self.rank(of: scan.values[other].kind) { best[key] = index }
        }
        valueIndices = scan.valueIndices
        representatives = scan.values.enumerated().map { index, value in
            value.derivation == nil ? best[Self.key(of: value)] ?? index : index
        }
    }

    /// The index of the value that represents a finding's value.
    func representative(ofFinding index: Int) -> Int { representatives[valueIndices[index]] }

    /// The index of the value that represents a value.
    func representative(of value: Int) -> Int { representatives[value] }

    private static func key(of value: KnownValue) -> [UInt8] {
        value.caseInsensitive ? value.bytes.map(\.lowercasedASCII) : value.bytes
    }

    /// Returns the rank of a kind: a secret ranks first, then the more specific kind.
    private static func rank(of kind: Kind) -> Int {
        if kind.severity == .secret { return 3 }
        return kind == .accountID || kind == .resourceID || kind == .hostName ? 1 : 2
    }
}
