internal import CSodium

/// Comparison without a shortcut at the first difference.
enum ConstantTime {
    /// Whether two byte strings are equal, in a time that depends only on their lengths.
    static func isEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
        guard left.byteCount == right.byteCount else { return false }
        guard left.byteCount > 0 else { return true }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return false }
                return unsafe sodium_memcmp(first, second, left.count) == 0
            }
        }
    }
}
