internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

extension Sanitize {
    /// What was written.
    struct Written {
        /// The parameters with their places.
        var parameters: ParameterFile
        /// For the sealed map what gives each file back.
        var files: [SealedMap.File] = []
        /// The files that were not, since a value in them cannot be replaced or their form would change.
        var unproved: [UnprovedFile] = []
        /// The paths of all files that are in the folder.
        var paths: Set<String> = []
        /// What is in the folder as its plan wants it, by the paths of the originals.
        var done: [String: Done] = [:]
    }

    /// A file that was written, and where its stand-ins stand.
    struct Done {
        var file: SanitizePlan.File
        var locations: [Location]

        /// Whether it is what a later plan wants.
        func isMeant(by other: SanitizePlan.File) -> Bool {
            file.path == other.path && file.edits == other.edits && !file.isArchive && !other.isArchive
        }
    }

    /// Writes the sanitized files.
    ///
    /// - Parameters:
    ///   - preparation: what is planned.
    ///   - folder: where they go.
    ///   - earlier: what an earlier round has written there; what is the same now stays, and the rest goes.
    ///   - isInterrupted: asked now and then.
    /// - Returns: what is there now.
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
                // For a map each file is looked at again: what gives it back names the parameters.
                if map == nil, let done = earlier?.done[file.source], done.isMeant(by: file) {
                    return Result<FileWriting.Made, any Error>.success(.init(done: done))
                }
                return Result { try writing.made(file) }
            }
            for (file, result) in zip(batch, results) {
                if case .failure(let error as SanitizingError) = result {
                    written.unproved.append(UnprovedFile(source: file.source, error: error))
                    continue
                }
                let made = try result.get()
                places += plan.places(of: file, at: made.locations)
                written.paths.insert(file.path)
                written.done[file.source] = Done(file: file, locations: made.locations)
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

    /// How many files are made at a time, and how many bytes of originals: they are all in memory.
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

/// Makes sanitized files, and refuses one that reads in another way than its original.
private struct FileWriting: Sendable {
    /// The originals that are programs.
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

    /// A file of the deployment as it will be written.
    struct Made {
        /// Its bytes; nil where they are written already.
        var bytes: [UInt8]?
        /// For each edit where its stand-in stands.
        var locations: [Location]
        /// What gives it back.
        var inMap: SealedMap.File?

        init(done: Sanitize.Done) { locations = done.locations }

        init(_ result: SanitizePlan.Result, inMap: SealedMap.File?) {
            bytes = result.bytes
            locations = result.locations
            self.inMap = inMap
        }
    }

    /// Makes a file of the deployment.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` or `malformed`; ``CollectingError``.
    func made(_ file: SanitizePlan.File) throws -> Made {
        let original = try preparation.original(of: file)
        let result = try result(of: file, original: original)
        guard keepsMap else { return Made(result, inMap: nil) }
        let inMap = try SealedMap.File(
            file,
            result: result,
            original: original.bytes,
            plan: preparation.plan,
            isExecutable: executables.contains(file.source),
            link: links[file.source]
        )
        return Made(result, inMap: inMap)
    }

    /// A file of the deployment as it will be written.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` or `malformed`.
    private func result(of file: SanitizePlan.File, original: Document) throws -> SanitizePlan.Result {
        var result = try preparation.plan.apply(file, to: original)
        if file.isArchive {
            result.bytes = try archives.packed(file, from: original.bytes) { file, bytes in
                let original = preparation.original(of: file, bytes: bytes)
                let result = try preparation.plan.apply(file, to: original)
                if !file.edits.isEmpty { try check(result, file, of: original) }
                return result.bytes
            }
        } else if !file.edits.isEmpty {
            try check(result, file, of: original)
        }
        return result
    }

    /// Refuses a file that reads in another way than its original does.
    private func check(
        _ result: SanitizePlan.Result,
        _ file: SanitizePlan.File,
        of original: Document
    ) throws(SanitizingError) {
        // By the original's path, since a new name must not decide how the contents are read.
        let isRead = preparation.holds(original)
        guard let difference = formCheck.difference(from: original, isRead: isRead, to: result.bytes) else { return }
        let line = difference.line.map { " in line \($0)" } ?? ""
        let rules = difference.line.map { preparation.plan.rules(inLine: $0, of: result, file) } ?? []
        let finders =
            rules.isEmpty
            ? "" : " (found by the \(rules.count > 1 ? "rules" : "rule") \(rules.joined(separator: ", ")))"
        throw SanitizingError(
            .malformed,
            at: result.path,
            "the sanitized file would not read as the original does\(line): \(difference.what)\(finders); nothing was written"
        )
    }
}
