internal import Collecting
internal import Detecting
internal import Documents
internal import SystemPackage

extension Scan {
    /// The number of bytes of a history that are scanned together.
    private static let batchSize = 1 << 22
    /// The number of files of a history that are scanned together.
    private static let batchCount = 1024

    /// Scans `target`.
    ///
    /// - Parameters:
    ///   - target: the target of the scan.
    ///   - options: what is read, and what is reported.
    ///   - progress: receives the progress now and then.
    ///   - consume: receives the findings, one file at a time: for a tree in byte order of the paths, for a history
    ///     roughly in commit order.
    /// - Returns: the summary.
    /// - Throws: ``CollectingError`` if there is nothing to scan or the folder itself cannot be listed; ``GitError``;
    ///   what `consume` throws.
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
                tree: Deployment(root: path, excluding: options.exclusion, skipping: .unreadable),
                options,
                &run,
                progress,
                consume
            )
        case .staged(let repository):
            run.committed = try committed(in: repository, options)
            var files = try GitFiles(stagedIn: repository) { !options.exclusion.excludes($0) }
            let skipped = try scan(&files, inBatches: false, &run, progress, consume)
            let read = run.paths
            return run.finish(skipped: files.skipped + skipped, failures: files.failures) { read.contains($0) }
        case .history(let repository, let revision):
            if let revision { run.committed = try committed(in: repository, before: revision, options) }
            var files = try GitFiles(historyOf: repository, since: revision) { !options.exclusion.excludes($0) }
            let skipped = try scan(&files, inBatches: true, &run, progress, consume)
            if repository.isShallow {
                let message = "the clone is shallow, and has no older history: git fetch --unshallow brings it"
                run.add(Note(path: repository.place, message: message))
            }
            // Commits that the revision reaches are not covered.
            return run.finish(skipped: files.skipped + skipped, failures: files.failures) { _ in revision == nil }
        }
    }

    /// Returns what is found in the committed contents of the files that are staged with other contents.
    private func committed(in repository: GitRepository, _ options: Options) throws -> Set<ScanRun.Committed> {
        var files = try GitFiles(replacedInIndexOf: repository) { !options.exclusion.excludes($0) }
        return try values(in: &files)
    }

    /// Returns what is found at the paths that the commits since a revision change, in the files that they began with.
    private func committed(
        in repository: GitRepository,
        before revision: String,
        _ options: Options
    ) throws -> Set<ScanRun.Committed> {
        var files = try GitFiles(changedIn: repository, since: revision) { !options.exclusion.excludes($0) }
        return try values(in: &files)
    }

    private func values(in files: inout GitFiles) throws -> Set<ScanRun.Committed> {
        var committed: Set<ScanRun.Committed> = []
        var batch: [ScanRun.Input] = []
        var size = 0
        while let file = try files.next() {
            batch.append(.init(file))
            size += file.bytes.count
            guard size >= Self.batchSize || batch.count >= Self.batchCount else { continue }
            for finding in scan(batch.map(\.document)).findings { committed.insert(.init(finding)) }
            batch = []
            size = 0
        }
        for finding in scan(batch.map(\.document)).findings { committed.insert(.init(finding)) }
        return committed
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
            Deployment.Skipped(path: $0.path, reason: .link)
        }
        // The contents of a folder that cannot be opened are unknown, so the answer is not clean.
        let closed = deployment.skipped.filter(\.isUnknown)
        let failures =
            closed.map { CollectingError(.unreadable, at: $0.path, $0.reason.description) }
            + source.failures.map { $0.relative(to: deployment.root) }
        let skipped = deployment.skipped.filter { !closed.contains($0) } + links
        return run.finish(skipped: skipped, failures: failures, ignored: ignored) { _ in true }
    }

    /// Scans the files of a repository, and returns those that were skipped.
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
                skipped.append(.init(path: file.path, reason: .largeFilePointer))
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
    /// A file of a repository.
    ///
    /// A link's target is text, whatever the link's name suggests.
    fileprivate init(_ file: SourceFile) {
        document = Document(path: file.path, bytes: file.bytes, format: file.isLink ? .prose : nil)
        origin = file.origin
    }
}
