internal import Detecting
public import Documents
internal import Sodium

extension SealedMap {
    /// Returns the values of a plan, after those of an earlier run.
    ///
    /// A value that no longer occurs stays, so that it gets the same stand-in if it returns, and no other value gets
    /// that one.
    ///
    /// - Parameters:
    ///   - plan: what was replaced.
    ///   - earlier: the values of the map that the plan was made with.
    ///   - time: the time recorded for new values, in seconds since 1970.
    /// - Returns: the values, each once.
    public static func values(of plan: SanitizePlan, earlier: [Value], time: Int) -> [Value] {
        var values = earlier
        var indices: [EarlierValues.Key: Int] = [:]
        for (index, value) in earlier.enumerated() { indices[EarlierValues.Key(value)] = index }
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
                spellings: spellings,
                confidence: assigned.confidence,
                places: assigned.places
            )
            if let index = indices[EarlierValues.Key(value)] {
                value.firstSeen = values[index].firstSeen
                // A spelling that no longer occurs keeps its name, unless the value got another stand-in.
                if values[index].standIn == value.standIn {
                    let new = Set(spellings.map(\.value))
                    value.spellings += values[index].spellings.filter { !new.contains($0.value) }
                }
                values[index] = value
            } else {
                indices[EarlierValues.Key(value)] = values.count
                values.append(value)
            }
        }
        return current(values, after: plan)
    }

    /// Returns the values without what belongs to others now: places that hold another value, and derived forms whose
    /// name went to the value that replaced their original.
    private static func current(_ values: [Value], after plan: SanitizePlan) -> [Value] {
        let assigned = Set(
            plan.assigned.map {
                EarlierValues.Key(
                    value: $0.value.bytes,
                    derivation: $0.origin?.derivation,
                    original: $0.origin?.value.bytes
                )
            }
        )
        let names = Set(plan.assigned.flatMap(\.spellings).map { plan.parameters[$0.parameter].name })
        let places = Set(plan.assigned.flatMap(\.places))
        return values.compactMap { value in
            guard !assigned.contains(EarlierValues.Key(value)) else { return value }
            var value = value
            value.places.removeAll(where: places.contains)
            if value.origin != nil {
                value.spellings.removeAll { names.contains($0.parameter) }
                if value.spellings.isEmpty { return nil }
            }
            return value
        }
    }
}

extension SealedMap.File {
    /// Makes the entry that restores a sanitized file.
    ///
    /// - Parameters:
    ///   - file: the plan of the file.
    ///   - result: the sanitized file.
    ///   - original: the bytes of the original.
    ///   - plan: the plan of all files.
    ///   - isExecutable: whether the original is executable.
    ///   - link: the link's target if the original is a link.
    /// - Throws: ``SanitizingError`` `irreplaceable` if the patches would not restore the original.
    public init(
        _ file: SanitizePlan.File,
        result: SanitizePlan.Result,
        original: [UInt8],
        plan: SanitizePlan,
        isExecutable: Bool,
        link: String?
    ) throws(SanitizingError) {
        // Places in the path come first, then those of the edits in order.
        let placed = result.places.suffix(file.edits.count).compactMap(\.place.location)
        let places = zip(file.edits, placed).map { edit, location in
            (original: edit.location.fileSpan, sanitized: location.fileSpan)
        }
        // An archive is repacked, and an image loses several stretches, so one patch covers the whole stretch that
        // differs.
        let isRemade = file.isArchive || (file.metadataByteCount ?? 0) > 0
        let patches =
            isRemade
            ? BytePatch.patches(from: result.bytes, to: original) : BytePatch.patches(for: places, of: original)
        // Restoring is tested here, while the original is available.
        guard (try? BytePatch.apply(patches, to: result.bytes)) == original else {
            throw SanitizingError(.irreplaceable, at: file.path, "the original could not be restored from the map")
        }
        self.init(
            path: file.source,
            sanitizedPath: result.path,
            isExecutable: isExecutable,
            isPrivate: plan.holdsSecret(file),
            digest: SHA256.hash(original),
            sanitizedDigest: SHA256.hash(result.bytes),
            link: link,
            patches: link == nil ? patches : []
        )
    }

    /// Restores the original.
    ///
    /// - Parameter sanitized: the sanitized file.
    /// - Returns: the bytes, which match the digest in the map.
    /// - Throws: ``DocumentError`` `malformed` if the result does not match the map or a patch does not fit.
    public func restored(from sanitized: [UInt8]) throws(DocumentError) -> [UInt8] {
        let original = try BytePatch.apply(patches, to: sanitized)
        guard SHA256.hash(original) == digest else {
            throw DocumentError(.malformed, "the map does not give back the original")
        }
        return original
    }
}
