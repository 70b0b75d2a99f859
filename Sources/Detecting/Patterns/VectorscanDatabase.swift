internal import CVectorscan
internal import Glibc
internal import Synchronization

/// A compiled database with the scratch memory of its scans.
@safe final class VectorscanDatabase: @unchecked Sendable {
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
