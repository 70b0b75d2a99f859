internal import CVectorscan
internal import Synchronization

/// A set of expressions and literals that vectorscan has compiled, to be searched all at once.
///
/// A match says which pattern ended where. The start of an expression's match is not asked for: it would cost more
/// than everything else, and the callers find it by looking left from the end. The database is never written after it
/// was compiled, and each scan takes a scratch of its own, so that any number of threads may scan at a time.
final class PatternDatabase: Sendable {
    /// What to search for.
    struct Source: Hashable, Sendable {
        /// The regular expression, or the literal's bytes.
        var bytes: [UInt8]
        /// Whether `bytes` are an expression; otherwise they stand for themselves.
        var isExpression: Bool
        /// Whether ASCII letters match in either case.
        var ignoresCase: Bool
    }

    /// Why a set cannot be compiled.
    struct CompileError: Error, Hashable, Sendable {
        /// The index of the offending source; nil where the whole set is meant.
        var index: Int?
        /// What vectorscan says.
        var message: String
    }

    private let literals: Handle?
    private let expressions: Handle?

    /// Compiles `sources`; a match's id is the index in it.
    ///
    /// Literals and expressions become databases of their own: compiled together, 224 literals and 7 expressions take
    /// 51 ms, apart 11 and 6.
    init(_ sources: [Source]) throws(CompileError) {
        let (literals, expressions) = (
            sources.indices.filter { !sources[$0].isExpression }, sources.indices.filter { sources[$0].isExpression }
        )
        self.literals = try Handle(sources, at: literals, literal: true)
        self.expressions = try Handle(sources, at: expressions, literal: false)
    }

    /// Calls `body` with the id of each match in `text` and the offset behind its last byte: those of all literals in
    /// order of these offsets, then those of all expressions.
    func scan(_ text: [UInt8], _ body: (_ id: Int, _ end: Int) -> Void) {
        precondition(text.count <= Int(UInt32.max), "a text is smaller than 4 GiB")
        guard !text.isEmpty else { return }
        literals?.scan(text, body)
        expressions?.scan(text, body)
    }
}

/// A compiled database with the working memory of its scans.
@safe private final class Handle: @unchecked Sendable {
    private let database: OpaquePointer
    private let scratches = Mutex<[Scratch]>([])

    func scan(_ text: [UInt8], _ body: (_ id: Int, _ end: Int) -> Void) {
        let scratch = scratches.withLock { $0.popLast() } ?? (unsafe Scratch(for: database))
        withoutActuallyEscaping(body) { escaping in
            var receiver = Receiver(body: escaping)
            unsafe withUnsafeMutablePointer(to: &receiver) { receiver in
                unsafe text.withUnsafeBytes { bytes in
                    let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    let status = unsafe hs_scan(
                        database,
                        start,
                        UInt32(clamping: bytes.count),
                        0,
                        scratch.pointer,
                        { id, _, end, _, context in
                            let receiver = unsafe context?.assumingMemoryBound(to: Receiver.self)
                            unsafe receiver?.pointee.body(Int(id), Int(end))
                            return 0
                        },
                        receiver
                    )
                    precondition(status == HS_SUCCESS, "vectorscan refused a scan with \(status)")
                }
            }
        }
        scratches.withLock { $0.append(scratch) }
    }

    private struct Receiver {
        var body: (Int, Int) -> Void
    }

    /// Compiles the sources at `indices`; nil where there are none.
    init?(
        _ sources: [PatternDatabase.Source],
        at indices: [Int],
        literal: Bool
    ) throws(PatternDatabase.CompileError) {
        guard !indices.isEmpty else { return nil }
        // Vectorscan wants C strings; a literal's length is given beside it, so that it may hold a NUL.
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

    deinit { unsafe hs_free_database(database) }
}

/// The working memory of one scan at a time.
@safe private final class Scratch: @unchecked Sendable {
    let pointer: OpaquePointer?

    init(for database: OpaquePointer) {
        var pointer: OpaquePointer?
        let status = unsafe hs_alloc_scratch(database, &pointer)
        precondition(status == HS_SUCCESS, "no memory for the scratch of a scan")
        unsafe self.pointer = pointer
    }

    deinit { unsafe hs_free_scratch(pointer) }
}
