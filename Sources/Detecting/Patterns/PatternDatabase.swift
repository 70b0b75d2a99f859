internal import CVectorscan
internal import Sodium

/// A set of expressions and literals, compiled by vectorscan to be searched for together.
///
/// A match consists of a pattern and the offset of its end. The start of an expression's match is not requested: it
/// would cost more than everything else, and callers find it by looking backwards. The database is immutable once
/// compiled, and each scan uses its own scratch memory, so any number of threads may scan at once.
final class PatternDatabase: Sendable {
    /// An expression or a literal to search for.
    struct Source: Hashable, Sendable {
        /// The regular expression, or the literal's bytes.
        var bytes: [UInt8]
        /// Whether `bytes` are an expression rather than a literal.
        var isExpression: Bool
        /// Whether ASCII letters match in either case.
        var ignoresCase: Bool

        /// Hashes `bytes` at once; an array hashes its elements one by one, and each start hashes thousands of sources.
        func hash(into hasher: inout Hasher) {
            unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
            hasher.combine(isExpression)
            hasher.combine(ignoresCase)
        }
    }

    /// The reason why a set cannot be compiled.
    struct CompileError: Error, Hashable, Sendable {
        /// The index of the offending source; nil if the error is about the whole set.
        var index: Int?
        /// Vectorscan's message.
        var message: String
    }

    private let literals: VectorscanDatabase?
    private let expressions: VectorscanDatabase?

    /// Compiles `sources`; a match's id is the index of its source.
    ///
    /// Literals and expressions become separate databases, because compiling 224 literals and 7 expressions takes 51 ms
    /// together, but only 11 and 6 ms separately.
    init(_ sources: [Source]) throws(CompileError) {
        let (literals, expressions) = (
            sources.indices.filter { !sources[$0].isExpression }, sources.indices.filter { sources[$0].isExpression }
        )
        self.literals = try VectorscanDatabase(sources, at: literals, literal: true)
        self.expressions = try VectorscanDatabase(sources, at: expressions, literal: false)
    }

    /// Compiles `sources`, or loads them from `store` if they were compiled before.
    ///
    /// The name in the store is a hash of the sources and of ``platform``, so that other rules, another version of
    /// vectorscan or another processor find nothing and are compiled.
    convenience init(_ sources: [Source], store: (any CompiledStore)?) throws(CompileError) {
        guard let store else {
            try self.init(sources)
            return
        }
        let name = "patterns-" + Self.digest(of: sources).hex
        if let kept = store.contents(of: name), let parts = Self.parts(of: kept) {
            self.init(literals: parts.literals, expressions: parts.expressions)
        } else {
            try self.init(sources)
            if let serialized { store.keep(serialized, as: name) }
        }
    }

    private init(literals: VectorscanDatabase?, expressions: VectorscanDatabase?) {
        self.literals = literals
        self.expressions = expressions
    }

    /// Calls `body` with the id and the end offset of each match in `text`: first those of all literals in order of
    /// their ends, then those of all expressions.
    func scan(_ text: [UInt8], _ body: (_ id: Int, _ end: Int) -> Void) {
        scanWhile(text) { id, end in
            body(id, end)
            return true
        }
    }

    /// Calls `goesOn` with each match in the same order as ``scan(_:_:)``, until it returns false.
    func scanWhile(_ text: [UInt8], _ goesOn: (_ id: Int, _ end: Int) -> Bool) {
        precondition(text.count <= Int(UInt32.max), "a text is smaller than 4 GiB")
        guard !text.isEmpty, literals?.scanWhile(text, goesOn) ?? true else { return }
        _ = expressions?.scanWhile(text, goesOn)
    }
}

extension PatternDatabase {
    /// The other inputs of a compiled database besides its sources: vectorscan's version and the processor's features.
    static var platform: String {
        var info = hs_platform_info_t()
        let status = unsafe hs_populate_platform(&info)
        precondition(status == HS_SUCCESS, "vectorscan does not know this processor")
        let version = unsafe String(cString: hs_version())
        return "vectorscan \(version), tune \(info.tune), features \(info.cpu_features)"
    }

    /// Returns the hash under which the compiled `sources` are stored.
    private static func digest(of sources: [Source]) -> Digest {
        // Hashing one text takes a fraction of the time of hashing thousands of small ones.
        var bytes = Array(platform.utf8)
        bytes.reserveCapacity(sources.count * 32)
        for source in sources {
            bytes.append(source.isExpression ? 1 : 0)
            bytes.append(source.ignoresCase ? 1 : 0)
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: source.bytes.count >> (8 * shift))) }
            bytes += source.bytes
        }
        return BLAKE2b.hash(bytes)
    }

    /// Both databases as bytes, each preceded by its length; nil if vectorscan cannot serialise one.
    private var serialized: [UInt8]? {
        var bytes: [UInt8] = []
        for handle in [literals, expressions] {
            guard let handle else {
                bytes += Self.littleEndian(0)
                continue
            }
            guard let part = handle.serialized else { return nil }
            bytes += Self.littleEndian(part.count) + part
        }
        return bytes
    }

    /// Reads the databases that ``serialized`` wrote; nil if vectorscan refuses them.
    private static func parts(of bytes: [UInt8]) -> (literals: VectorscanDatabase?, expressions: VectorscanDatabase?)? {
        var rest = bytes[...]
        var handles: [VectorscanDatabase?] = []
        for _ in 0..<2 {
            guard rest.count >= 8 else { return nil }
            let count = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(8)
            guard count <= UInt64(rest.count) else { return nil }
            let part = rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
            guard !part.isEmpty else {
                handles.append(nil)
                continue
            }
            guard let handle = VectorscanDatabase(serialized: part) else { return nil }
            handles.append(handle)
        }
        return rest.isEmpty ? (handles[0], handles[1]) : nil
    }

    private static func littleEndian(_ count: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}
