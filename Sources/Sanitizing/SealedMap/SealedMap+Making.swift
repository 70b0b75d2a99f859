internal import Detecting
public import Documents
internal import Sodium

extension SealedMap {
    /// The values of a plan, behind those of an earlier run: a value that is gone stays, so that it has the same stand-in
    /// when it comes again, and no other value gets it.
    ///
    /// - Parameters:
    ///   - plan: what was replaced.
    ///   - earlier: the values of the map that the plan was made with.
    ///   - time: what is written down for a value that is new, in seconds since 1970.
    /// - Returns: the values, each once.
    public static func values(of plan: SanitizePlan, earlier: [Value], time: Int) -> [Value] {
        var values = earlier
        var indices: [KnownValues.Key: Int] = [:]
        for (index, value) in earlier.enumerated() { indices[KnownValues.Key(value)] = index }
        for assigned in plan.assigned {
            let spellings = assigned.spellings.map { spelling in
                Spelling(
                    value: spelling.value,
                    parameter: plan.parameters[spelling.parameter].name,
                    standIn: plan.parameters[spelling.parameter].standIn
                )
            }
            guard !spellings.isEmpty else { continue }
            var value = Value(
                value: assigned.value,
                kind: assigned.kind,
                origin: assigned.origin,
                standIn: assigned.standIn,
                firstSeen: time,
                spellings: spellings
            )
            if let index = indices[KnownValues.Key(value)] {
                value.firstSeen = values[index].firstSeen
                // A spelling that is gone keeps its name, unless the value got another stand-in.
                if values[index].standIn == value.standIn {
                    let new = Set(spellings.map(\.value))
                    value.spellings += values[index].spellings.filter { !new.contains($0.value) }
                }
                values[index] = value
            } else {
                indices[KnownValues.Key(value)] = values.count
                values.append(value)
            }
        }
        return values
    }
}

extension SealedMap.File {
    /// What turns a sanitized file back into its original.
    ///
    /// - Parameters:
    ///   - file: the plan of the file.
    ///   - result: what the plan made of it.
    ///   - original: the bytes of the original.
    ///   - plan: the plan of all files.
    ///   - isExecutable: whether the original is a program.
    ///   - link: what the original leads to, where it is a link.
    /// - Throws: ``SanitizingError`` `irreplaceable` where the patches would not give the original back.
    public init(
        _ file: SanitizePlan.File,
        result: SanitizePlan.Result,
        original: [UInt8],
        plan: SanitizePlan,
        isExecutable: Bool,
        link: String?
    ) throws(SanitizingError) {
        // Places in the path come first, then those of the edits in their order.
        let placed = result.places.suffix(file.edits.count).compactMap(\.place.location)
        let places = zip(file.edits, placed).map { edit, location in
            (original: edit.location.fileSpan, sanitized: location.fileSpan)
        }
        // An archive is packed anew, and an image is shorter by more than one stretch: the stretch that differs goes back.
        let isRemade = file.isArchive || (file.metadataByteCount ?? 0) > 0
        let patches =
            isRemade
            ? BytePatch.patches(from: result.bytes, to: original) : BytePatch.patches(for: places, of: original)
        // Restoring is tried out here, where the original is still at hand.
        guard (try? BytePatch.apply(patches, to: result.bytes)) == original else {
            throw SanitizingError(.irreplaceable, at: file.path, "the original could not be restored from the map")
        }
        self.init(
            path: file.source,
            sanitizedPath: result.path,
            isExecutable: isExecutable,
            isPrivate: file.parameterOfEdit.contains { plan.parameters[$0].severity == .secret },
            digest: SHA256.hash(original),
            sanitizedDigest: SHA256.hash(result.bytes),
            link: link,
            patches: link == nil ? patches : []
        )
    }

    /// The original.
    ///
    /// - Parameter sanitized: the sanitized file.
    /// - Returns: the bytes, whose digest is the one of the map.
    /// - Throws: ``DocumentError`` `malformed` where the result is not what the map says, or a patch does not fit.
    public func restored(from sanitized: [UInt8]) throws(DocumentError) -> [UInt8] {
        let original = try BytePatch.apply(patches, to: sanitized)
        guard SHA256.hash(original) == digest else {
            throw DocumentError(.malformed, "what the map makes of the file is not the original")
        }
        return original
    }
}
