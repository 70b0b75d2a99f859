internal import CVectorscan
internal import Glibc
internal import Sodium
internal import Synchronization

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
    }

    /// The reason why a set cannot be compiled.
    struct CompileError: Error, Hashable, Sendable {
        /// The index of the offending source; nil if the error is about the whole set.
        var index: Int?
        /// Vectorscan's message.
        var message: String
    }

    private let literals: Handle?
    private let expressions: Handle?

    /// Compiles `sources`; a match's id is the index of its source.
    ///
    /// Literals and expressions become separate databases, because compiling 224 literals and 7 expressions takes 51 ms
    /// together, but only 11 and 6 ms separately.
    init(_ sources: [Source]) throws(CompileError) {
        let (literals, expressions) = (
            sources.indices.filter { !sources[$0].isExpression }, sources.indices.filter { sources[$0].isExpression }
        )
        self.literals = try Handle(sources, at: literals, literal: true)
        self.expressions = try Handle(sources, at: expressions, literal: false)
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

    private init(literals: Handle?, expressions: Handle?) {
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
    private static func parts(of bytes: [UInt8]) -> (literals: Handle?, expressions: Handle?)? {
        var rest = bytes[...]
        var handles: [Handle?] = []
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
            guard let handle = Handle(serialized: part) else { return nil }
            handles.append(handle)
        }
        return rest.isEmpty ? (handles[0], handles[1]) : nil
    }

    private static func littleEndian(_ count: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}

/// A compiled database with the scratch memory of its scans.
@safe private final class Handle: @unchecked Sendable {
    private let database: OpaquePointer
    private let scratches = Mutex<[Scratch]>([])

    /// Scans a text, and returns whether it reached the end.
    ///
    /// It traps on a text of 4 GiB or more, which vectorscan cannot process, instead of silently searching only a part
    /// of it.
    func scanWhile(_ text: [UInt8], _ goesOn: (_ id: Int, _ end: Int) -> Bool) -> Bool {
        guard let length = UInt32(exactly: text.count) else {
            preconditionFailure("a text of \(text.count) bytes cannot be searched at once")
        }
        let scratch = scratches.withLock { $0.popLast() } ?? (unsafe Scratch(for: database))
        defer { scratches.withLock { $0.append(scratch) } }
        return withoutActuallyEscaping(goesOn) { escaping in
            var receiver = unsafe MatchReceiver(into: scratch.matches, goesOn: escaping)
            let status = unsafe withUnsafeMutablePointer(to: &receiver) { receiver in
                unsafe text.withUnsafeBytes { bytes in
                    let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    return unsafe hs_scan(
                        database,
                        start,
                        length,
                        0,
                        scratch.pointer,
                        { id, _, end, _, context in
                            let receiver = unsafe context?.assumingMemoryBound(to: MatchReceiver.self)
                            return unsafe receiver?.pointee.take(id, endingAt: end) == true ? 0 : 1
                        },
                        receiver
                    )
                }
            }
            precondition(
                status == HS_SUCCESS || status == HS_SCAN_TERMINATED,
                "vectorscan refused a scan with \(status)"
            )
            return status == HS_SUCCESS && receiver.handOut()
        }
    }

    /// Compiles the sources at `indices`; nil if there are none.
    init?(
        _ sources: [PatternDatabase.Source],
        at indices: [Int],
        literal: Bool
    ) throws(PatternDatabase.CompileError) {
        guard !indices.isEmpty else { return nil }
        // Vectorscan expects C strings; a literal's length is passed separately, so that it may contain a NUL.
        var storage: [CChar] = []
        var offsets: [Int] = []
        for index in indices {
            offsets.append(storage.count)
            storage.append(contentsOf: sources[index].bytes.map { CChar(bitPattern: $0) })
            storage.append(0)
        }
        let flags = indices.map { UInt32(sources[$0].ignoresCase ? HS_FLAG_CASELESS : 0) }
        let ids = indices.map { UInt32($0) }
        let lengths = indices.map { sources[$0].bytes.count }
        let count = UInt32(indices.count)
        let mode = UInt32(HS_MODE_BLOCK)

        var compiled: OpaquePointer?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        unsafe storage.withUnsafeBufferPointer { storage in
            let pointers = unsafe offsets.map { offset in unsafe storage.baseAddress?.advanced(by: offset) }
            if literal {
                unsafe hs_compile_lit_multi(pointers, flags, ids, lengths, count, mode, nil, &compiled, &failure)
            } else {
                unsafe hs_compile_multi(pointers, flags, ids, count, mode, nil, &compiled, &failure)
            }
        }
        if let failure = unsafe failure {
            let index = Int(unsafe failure.pointee.expression)
            let message = unsafe String(cString: failure.pointee.message)
            unsafe hs_free_compile_error(failure)
            throw PatternDatabase.CompileError(index: index < 0 ? nil : indices[index], message: message)
        }
        guard let compiled = unsafe compiled else {
            throw PatternDatabase.CompileError(index: nil, message: "no database was made")
        }
        unsafe database = compiled
    }

    /// Reads what ``serialized`` wrote; nil if it is damaged or from another version or processor.
    init?(serialized bytes: ArraySlice<UInt8>) {
        var database: OpaquePointer?
        let status = unsafe bytes.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe hs_deserialize_database(start, bytes.count, &database)
        }
        guard status == HS_SUCCESS, let database = unsafe database else { return nil }
        unsafe self.database = database
    }

    /// The database as bytes, for machines of the same kind; nil if memory is exhausted.
    var serialized: [UInt8]? {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard unsafe hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes = unsafe bytes else {
            return nil
        }
        defer { unsafe free(bytes) }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    deinit { unsafe hs_free_database(database) }
}

/// The scratch memory that one scan at a time uses.
@safe private final class Scratch: @unchecked Sendable {
    let pointer: OpaquePointer?
    /// The memory for matches that have not been delivered yet.
    let matches: UnsafeMutableBufferPointer<MatchReceiver.Match>

    init(for database: OpaquePointer) {
        var pointer: OpaquePointer?
        let status = unsafe hs_alloc_scratch(database, &pointer)
        precondition(status == HS_SUCCESS, "no memory for the scratch of a scan")
        unsafe self.pointer = pointer
        unsafe matches = .allocate(capacity: MatchReceiver.mostMatches)
        unsafe matches.initialize(repeating: MatchReceiver.Match(id: 0, end: 0))
    }

    deinit {
        unsafe hs_free_scratch(pointer)
        unsafe matches.deallocate()
    }
}
