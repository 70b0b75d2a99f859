internal import CSodium

/// The function X25519 of RFC 7748 section 5.
package enum X25519 {
    /// The number of bytes of a scalar and of a point.
    package static let count = 32

    /// The public point of a secret scalar of 32 bytes.
    package static func publicPoint(of scalar: borrowing SecretBytes) -> [UInt8] {
        var point = [UInt8](repeating: 0, count: count)
        scalar.withBytes { scalar in
            unsafe scalar.withCBytes { _ = unsafe crypto_scalarmult_curve25519_base(&point, $0) }
        }
        return point
    }

    /// What two sides share: the product of one's scalar and the other's point, of 32 bytes each; nil where the point is
    /// of small order, so that the product would be the same for everybody.
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
