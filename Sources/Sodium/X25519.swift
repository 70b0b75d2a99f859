internal import CSodium

/// The function X25519 (RFC 7748 section 5).
package enum X25519 {
    /// The size of a scalar and of a point in bytes.
    package static let count = 32

    /// The public point of a secret scalar of 32 bytes.
    package static func publicPoint(of scalar: borrowing SecretBytes) -> [UInt8] {
        var point = [UInt8](repeating: 0, count: count)
        scalar.withBytes { scalar in
            unsafe scalar.withCBytes { _ = unsafe crypto_scalarmult_curve25519_base(&point, $0) }
        }
        return point
    }

    /// Returns the secret shared by two sides: the product of one side's scalar and the other's point, 32 bytes each.
    ///
    /// It is nil if the point is of small order, because the product would then be the same for every scalar.
    static func sharedSecret(of scalar: borrowing SecretBytes, and point: [UInt8]) -> SecretBytes? {
        var shared = SecretBytes(count: count)
        let status = shared.withMutableBytes { target in
            unsafe target.withCBytes { target in
                scalar.withBytes { scalar in
                    unsafe scalar.withCBytes { unsafe crypto_scalarmult_curve25519(target, $0, point) }
                }
            }
        }
        let isZero = shared.withBytes { bytes in
            unsafe bytes.withCBytes { unsafe sodium_is_zero($0, count) == 1 }
        }
        guard status == 0, !isZero else { return nil }
        return shared
    }
}
