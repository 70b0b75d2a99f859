internal import Collecting
internal import Detecting
internal import Documents
internal import Sanitizing

extension Sanitize {
    /// Writes the sanitized files.
    ///
    /// - Returns: the parameters with their places, and for the sealed map what gives each file back.
    func write(
        _ preparation: Preparation,
        into folder: borrowing OutputFolder,
        isInterrupted: () -> Bool
    ) throws -> (parameters: ParameterFile, files: [SealedMap.File]) {
        let plan = preparation.plan
        var places: [(place: Parameter.Place, parameter: Int)] = []
        var files: [SealedMap.File] = []
        let writing = FileWriting(preparation, keepsMap: map != nil)
        for batch in Self.batches(of: plan.files.filter { $0.container == nil }, in: preparation.deployment) {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            let written = batch.concurrentMap { file in Result { try writing.written(file) } }
            for (file, written) in zip(batch, written) {
                let written = try written.get()
                places += written.result.places
                try folder.write(
                    written.result.bytes,
                    to: written.result.path,
                    isPrivate: false,
                    isExecutable: writing.executables.contains(file.source)
                )
                if let inMap = written.inMap { files.append(inMap) }
            }
        }
        let parameters = plan.parameterFile(places: places)
        try folder.write(parameters.serialized(), to: ParameterFile.name, isPrivate: false)
        return (parameters, files)
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
        let values = preparation.plan.values.map { String(decoding: $0.bytes, as: UTF8.self).lowercased() }
        formCheck = FormCheck { part in
            let part = part.lowercased()
            return values.contains { part.contains($0) }
        }
    }

    /// A file of the deployment as it will be written, and what gives it back.
    ///
    /// - Throws: ``SanitizingError`` `irreplaceable` or `malformed`; ``CollectingError``.
    func written(_ file: SanitizePlan.File) throws -> (result: SanitizePlan.Result, inMap: SealedMap.File?) {
        let original = try preparation.original(of: file)
        let result = try result(of: file, original: original)
        guard keepsMap else { return (result, nil) }
        let inMap = try SealedMap.File(
            file,
            result: result,
            original: original.bytes,
            plan: preparation.plan,
            isExecutable: executables.contains(file.source),
            link: links[file.source]
        )
        return (result, inMap)
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
                if !file.edits.isEmpty { try check(result, of: original) }
                return result.bytes
            }
        } else if !file.edits.isEmpty {
            try check(result, of: original)
        }
        return result
    }

    /// Refuses a file that reads in another way than its original does.
    private func check(_ result: SanitizePlan.Result, of original: Document) throws(SanitizingError) {
        // Of the original's path, since a new name must not decide how the contents are read.
        let written = Document(path: original.path, bytes: result.bytes)
        guard let difference = formCheck.difference(from: original, to: written) else { return }
        let line = difference.line.map { " in line \($0)" } ?? ""
        throw SanitizingError(
            .malformed,
            at: result.path,
            "the sanitized file would not read as the original does\(line): \(difference.what); nothing was written"
        )
    }
}
