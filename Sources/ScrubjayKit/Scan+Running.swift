internal import Collecting
internal import Detecting
internal import Documents
internal import SystemPackage

extension Scan {
    /// How many bytes of a history are scanned together.
    private static let batchSize = 1 << 22
    /// How many of its files.
    private static let batchCount = 1024

    /// Scans `target`.
    ///
    /// - Parameters:
    ///   - target: what is scanned.
    ///   - options: what is read, and what is reported.
    ///   - progress: told now and then how far it is.
    ///   - consume: takes what is found, a file at a time: of a tree in byte order of the paths, of a history in the order
    ///     of its commits, roughly.
    /// - Returns: what is to say at the end.
    /// - Throws: ``CollectingError`` where there is nothing to scan, or the folder itself cannot be listed; ``GitError``; what
    ///   `consume` throws.
    public func run(
        _ target: Target,
        options: Options = Options(),
        progress: (Progress) -> Void = { _ in },
        consume: (ScannedFile) throws -> Void
    ) throws -> Summary {
        var run = ScanRun(self, options: options, hasVersions: target.hasVersions)
        switch target {
        case .bytes(let bytes, let name):
            try run.scan(BytesInMemory([(name, bytes)]), consume: consume)
            run.count(files: 1, bytes: bytes.count)
            return run.finish { $0 == name }
        case .path(let path):
            guard try Deployment.isFolder(path) else {
                let file = try Deployment(file: path)
                let source = DeploymentSource(file)
                try run.scan(source, consume: consume)
                if let failure = source.failures.first { throw failure }
                run.count(files: 1, bytes: source.byteCount)
                let names = file.entries.map(\.path)
                return run.finish { names.contains($0) }
            }
            return try scan(
                tree: Deployment(root: path, excluding: options.exclusion, skippingUnreadable: true),
                options,
                &run,
                progress,
                consume
            )
        case .staged(let repository):
            var files = try GitFiles(stagedIn: repository) { !options.exclusion.excludes($0) }
            let skipped = try scan(&files, inBatches: false, &run, progress, consume)
            let read = run.paths
            return run.finish(skipped: files.skipped + skipped, failures: files.failures) { read.contains($0) }
        case .history(let repository, let revision):
            var files = try GitFiles(historyOf: repository, since: revision) { !options.exclusion.excludes($0) }
            let skipped = try scan(&files, inBatches: true, &run, progress, consume)
            if repository.isShallow {
                let message = "the clone is shallow, and has no older history: git fetch --unshallow brings it"
                run.add(Note(path: repository.place, message: message))
            }
            // What lies behind a revision is not looked at.
            return run.finish(skipped: files.skipped + skipped, failures: files.failures) { _ in revision == nil }
        }
    }

    private func scan(
        tree deployment: Deployment,
        _ options: Options,
        _ run: inout ScanRun,
        _ progress: (Progress) -> Void,
        _ consume: (ScannedFile) throws -> Void
    ) throws -> Summary {
        var ignored: Set<String> = []
        if let environment = options.leavesIgnoredFiles {
            ignored = try deployment.pathsIgnoredByGit(environment: environment)
        }
        let kept = deployment.leavingOut(ignored)
        progress(Progress(fileCount: 0, totalCount: kept.entries.count, byteCount: 0))
        let source = DeploymentSource(kept)
        try run.scan(source, consume: consume)
        run.count(files: source.readCount, bytes: source.byteCount)
        let links = kept.entries.filter(\.isLink).map {
            Deployment.Skipped(path: $0.path, reason: "a link, which is not followed")
        }
        // What a folder holds that cannot be opened is unknown, which is no clean answer.
        let closed = deployment.skipped.filter(\.isUnknown)
        let failures = closed.map { CollectingError(.unreadable, at: $0.path, $0.reason) } + source.failures
        let skipped = deployment.skipped.filter { !closed.contains($0) } + links
        return run.finish(skipped: skipped, failures: failures, ignored: ignored) { _ in true }
    }

    /// Scans the files of a repository, and gives those that were passed over.
    private func scan(
        _ files: inout GitFiles,
        inBatches: Bool,
        _ run: inout ScanRun,
        _ progress: (Progress) -> Void,
        _ consume: (ScannedFile) throws -> Void
    ) throws -> [Deployment.Skipped] {
        var skipped: [Deployment.Skipped] = []
        var batch: [ScanRun.Input] = []
        var size = 0
        var seen = Progress()
        while let file = try files.next() {
            if file.isLargeFilePointer {
                skipped.append(
                    .init(path: file.path, reason: "a pointer of Git LFS, whose file is not in the repository")
                )
            }
            if !file.hasPlainName {
                run.add(Note(path: file.path, message: "its name is not UTF-8, and is shown with marks in it"))
            }
            batch.append(.init(file))
            size += file.bytes.count
            seen.fileCount += 1
            seen.byteCount += file.bytes.count
            progress(seen)
            if inBatches, size >= Self.batchSize || batch.count >= Self.batchCount {
                try flush()
            }
        }
        try flush()
        return skipped

        func flush() throws {
            try run.scan(batch, consume: consume)
            batch = []
            size = 0
        }
    }
}

extension ScanRun.Input {
    /// A file of a repository; what a link leads to is text, whatever its name says.
    fileprivate init(_ file: SourceFile) {
        document = Document(path: file.path, bytes: file.bytes, format: file.isLink ? .prose : nil)
        origin = file.origin
    }
}
