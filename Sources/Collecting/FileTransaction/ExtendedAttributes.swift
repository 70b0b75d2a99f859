internal import CLinux
internal import Glibc
internal import SystemPackage

/// The extended attributes of a file: access control lists, labels, and notes by users.
///
/// Linux stores an access control list as the attribute `system.posix_acl_access`, acl(5); xattr(7) describes the
/// others.
struct ExtendedAttributes: Hashable {
    private var values: [String: [UInt8]] = [:]

    /// Attributes that are digests and signatures of the contents; the system creates those of new contents itself.
    private static let ofContents: Set<String> = ["security.ima", "security.evm"]
    /// The number of attempts to read attributes that change at the same time.
    private static let attemptLimit = 10

    /// No attributes.
    init() {}

    /// Reads the attributes of an open file; empty if its file system does not support them.
    ///
    /// - Throws: the system's error.
    init(of file: FileDescriptor) throws(Errno) {
        let number = file.rawValue
        let names: [UInt8]
        do throws(Errno) {
            names = try unsafe Self.bytes { list, count in
                unsafe flistxattr(number, list?.assumingMemoryBound(to: CChar.self), count)
            }
        } catch {
            guard error == .notSupported else { throw error }
            return
        }
        for bytes in names.split(separator: 0) {
            guard let name = String(validating: bytes, as: UTF8.self) else { throw .illegalByteSequence }
            guard !Self.ofContents.contains(name) else { continue }
            do throws(Errno) {
                values[name] = try unsafe Self.bytes { value, count in unsafe fgetxattr(number, name, value, count) }
            } catch {
                // The attribute was removed after it was listed.
                guard error == .noData else { throw error }
            }
        }
    }

    /// Gives an open file exactly these attributes; those with the right value are not touched.
    ///
    /// A new file may have attributes inherited from its folder, such as the folder's default access control list.
    ///
    /// - Throws: the system's error, with the attribute's name.
    func give(to file: FileDescriptor) throws(Failure) {
        let number = file.rawValue
        let present: ExtendedAttributes
        do throws(Errno) {
            present = try ExtendedAttributes(of: file)
        } catch {
            throw Failure(name: nil, cause: error)
        }
        for name in present.values.keys.sorted() where values[name] == nil {
            guard unsafe fremovexattr(number, name) == 0 else { throw Failure(name: name, cause: Self.lastError) }
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where present.values[name] != value {
            guard unsafe fsetxattr(number, name, value, value.count, 0) == 0 else {
                throw Failure(name: name, cause: Self.lastError)
            }
        }
    }

    /// An attribute that could not be set.
    struct Failure: Error {
        /// The name of the attribute; nil if not even the names could be read.
        var name: String?
        /// The system's error.
        var cause: Errno
    }

    private static var lastError: Errno { Errno(rawValue: errno) }

    /// Returns the result of a call that fills a buffer, and that returns the required size if it gets no buffer.
    private static func bytes(_ call: (UnsafeMutableRawPointer?, Int) -> Int) throws(Errno) -> [UInt8] {
        for _ in 0..<attemptLimit {
            let size = call(nil, 0)
            guard size >= 0 else { throw lastError }
            guard size > 0 else { return [] }
            var bytes = [UInt8](repeating: 0, count: size)
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe call($0.baseAddress, $0.count) }
            if count >= 0 { return Array(bytes.prefix(count)) }
            guard lastError == .outOfRange else { throw lastError }
        }
        throw .outOfRange
    }
}
