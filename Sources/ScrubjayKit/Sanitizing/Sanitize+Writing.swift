internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

extension Sanitize {
    /// The result of writing the sanitized files.
    struct Written {
        /// The parameters with their places.
        var parameters: ParameterFile
        /// For the sealed map, the data that restores each file.
        var files: [SealedMap.File] = []
        /// The files that were not written, because a value in them cannot be replaced or their structure would change.
        var unproved: [UnprovedFile] = []
        /// The paths of all files in the folder.
        var paths: Set<String> = []
        /// The files written as planned, by the paths of the originals.
        var done: [String: Done] = [:]
    }

    /// A written file, and the places of its stand-ins.
    struct Done {
        var file: SanitizePlan.File
        var locations: [Location]
        /// The data that restores it; nil without a map.
        var inMap: SealedMap.File?

        /// Whether the written file is also the one that a later plan requires.
        func isMeant(by other: SanitizePlan.File) -> Bool {
            file.path == other.path && file.edits == other.edits && !file.isArchive && !other.isArchive
        }
    }

    /// Writes the sanitized files.
    ///
    /// - Parameters:
    ///   - preparation: the plan.
    ///   - folder: the output folder.
    ///   - earlier: what an earlier round wrote into the folder; unchanged files stay, and others are removed.
    ///   - isInterrupted: asked now and then.
    /// - Returns: the folder's contents.
    /// - Throws: ``CollectingError``; ``KitError`` `interrupted`.
    func write(
        _ preparation: Preparation,
        into folder: borrowing OutputFolder,
        after earlier: Written?,
        isInterrupted: () -> Bool
    ) throws -> Written {
        let plan = preparation.plan
        var places: [(place: Parameter.Place, parameter: Int)] = []
        var written = Written(parameters: ParameterFile(parameters: [], omissions: []))
        let writing = FileWriting(preparation, keepsMap: map != nil)
        let outermost = plan.files.filter { $0.container == nil }
        let planned = Set(outermost.map(\.path) + [ParameterFile.name])
        for path in earlier?.paths.subtracting(planned).sorted() ?? [] { try folder.remove(path) }
        written.paths = earlier?.paths.intersection(planned) ?? []
        for batch in Self.batches(of: outermost, in: preparation.deployment) {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            let results = batch.concurrentMap { file in
                if let done = earlier?.done[file.source], done.isMeant(by: file) {
                    return Result<FileWriting.Made, any Error>.success(
                        .init(done: done, holdsSecret: plan.holdsSecret(file))
                    )
                }
                return Result { try writing.made(file) }
            }
            for (file, result) in zip(batch, results) {
                if case .failure(let error as SanitizingError) = result {
                    written.unproved.append(UnprovedFile(source: file.source, error: error))
                    continue
                }
                let made = try result.get()
                places += plan.places(of: file, at: made.locations) + made.placesInArchive
                written.paths.insert(file.path)
                written.done[file.source] = Done(file: file, locations: made.locations, inMap: made.inMap)
                if let inMap = made.inMap { written.files.append(inMap) }
                guard let bytes = made.bytes else { continue }
                try folder.write(
                    bytes,
                    to: file.path,
                    isPrivate: false,
                    isExecutable: writing.executables.contains(file.source),
                    replacing: earlier != nil
                )
            }
        }
        written.paths.insert(ParameterFile.name)
        written.parameters = plan.parameterFile(places: places)
        try folder.write(
            written.parameters.serialized(),
            to: ParameterFile.name,
            isPrivate: false,
            replacing: earlier != nil
        )
        return written
    }

    /// The number of files processed together, and the bytes of their originals, which are all in memory.
    private static let (batchCount, batchBytes) = (64, 1 << 23)

    private static func batches(of files: [SanitizePlan.File], in deployment: Deployment) -> [[SanitizePlan.File]] {
        var sizes: [String: Int] = [:]
        for entry in deployment.entries {
            if case .file(let size, _) = entry.content { sizes[entry.path] = size }
        }
        var batches: [[SanitizePlan.File]] = []
        var room = 0
        for file in files {
            let size = sizes[file.source] ?? 0
            if room < size || batches.last.map({ $0.count == batchCount }) ?? true {
                batches.append([])
                room = batchBytes
            }
            batches[batches.count - 1].append(file)
            room -= size
        }
        return batches
    }
}

/// Makes sanitized files, and refuses one that parses differently from its original.
private struct FileWriting: Sendable {
    /// The originals that are executable.
    let executables: Set<String>
    private let preparation: Sanitize.Preparation
    private let keepsMap: Bool
    private let links: [String: String]
    private let archives: ArchiveRewriting
    private let formCheck: FormCheck

    init(_ preparation: Sanitize.Preparation, keepsMap: Bool) {
        self.preparation = preparation
        self.keepsMap = keepsMap
        executables = preparation.deployment.executables
        links = preparation.deployment.linkTargets
        archives = ArchiveRewriting(preparation.plan)
        formCheck = FormCheck(replacing: preparation.plan.values.map(\.bytes))
    }

    /// The place of a stand-in, and the index of its parameter.
    typealias Place = (place: Parameter.Place, parameter: Int)

    /// A sanitized file that is ready to be written.
    struct Made {
        /// Its bytes; nil if they are already written.
        var bytes: [UInt8]?
        /// The place of the stand-in of each edit.
        var locations: [Location]
        /// The places of stand-ins in the files of an archive.
        var placesInArchive: [Place] = []
        /// The data that restores the file.
        var inMap: SealedMap.File?

        /// Takes over a file from an earlier round; a newer plan may say differently whether it holds a secret.
        init(done: Sanitize.Done, holdsSecret: Bool) {
            locations = done.locations
            inMap = done.inMap
            inMap?.isPrivate = holdsSecret
        }

        init(_ result: SanitizePlan.Result, inMap: SealedMap.File?, placesInArchive: [Place]) {
            bytes = result.bytes
            locations = result.locations
            self.placesInArchive = placesInArchive
            self.inMap = inMap
        }
    }

    /// Makes a sanitized file.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` or `malformed`; ``CollectingError``.
    func made(_ file: SanitizePlan.File) throws -> Made {
        let original = try preparation.original(of: file)
        var places: [Place] = []
        let result = try result(of: file, original: original, placing: &places)
        guard keepsMap else { return Made(result, inMap: nil, placesInArchive: places) }
        let inMap = try SealedMap.File(
            file,
            result: result,
            original: original.bytes,
            plan: preparation.plan,
            isExecutable: executables.contains(file.source),
            link: links[file.source]
        )
        return Made(result, inMap: inMap, placesInArchive: places)
    }

    /// Applies the plan to an original, and adds the places of the stand-ins in an archive.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` or `malformed`.
    private func result(
        of file: SanitizePlan.File,
        original: Document,
        placing places: inout [Place]
    ) throws -> SanitizePlan.Result {
        var result = try preparation.plan.apply(file, to: original)
        if file.isArchive {
            result.bytes = try packed(file, from: original.bytes, placing: &places)
        } else if !file.edits.isEmpty {
            try check(result, file, of: original)
        }
        return result
    }

    /// Returns an archive with sanitized files, and adds the places of their stand-ins.
    private func packed(
        _ archive: SanitizePlan.File,
        from bytes: [UInt8],
        placing places: inout [Place]
    ) throws -> [UInt8] {
        try archives.packed(archive, from: bytes) { file, bytes in
            if file.isArchive {
                places += preparation.plan.places(of: file, at: [])
                return try packed(file, from: bytes, placing: &places)
            }
            let original = preparation.original(of: file, bytes: bytes)
            let result = try preparation.plan.apply(file, to: original)
            if !file.edits.isEmpty { try check(result, file, of: original) }
            places += result.places
            return result.bytes
        }
    }

    /// Refuses a file that parses differently from its original.
    private func check(
        _ result: SanitizePlan.Result,
        _ file: SanitizePlan.File,
        of original: Document
    ) throws(SanitizingError) {
        // The original's path is used, because a new name must not decide how the contents are read.
        guard
            let difference = formCheck.difference(
                from: original,
                replacedAt: file.edits.map(\.location.fileSpan),
                to: result.bytes,
                standInsAt: result.locations.map(\.fileSpan)
            )
        else { return }
        let line = difference.line.map { " in line \($0)" } ?? ""
        let rules = difference.line.map { preparation.plan.rules(inLine: $0, of: result, file) } ?? []
        let finders =
            rules.isEmpty
            ? "" : " (found by the \(rules.count > 1 ? "rules" : "rule") \(rules.joined(separator: ", ")))"
        throw SanitizingError(
            .malformed,
            at: result.path,
            "the sanitized file would be read differently from the original\(line): \(difference.what)\(finders)"
        )
    }
}
