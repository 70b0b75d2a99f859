internal import Collecting
internal import Detecting
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
            return try scan(stagedIn: repository, options, &run, progress, consume)
        case .history(let repository, let revision):
            if let revision { run.committed = try committed(in: repository, before: revision, options) }
            var files = try GitFiles(historyOf: repository, since: revision) { !options.exclusion.excludes($0) }
            let skipped = try scan(&files, &run, progress, consume)
            if repository.isShallow {
                let message = "the clone is shallow and lacks older history: run git fetch --unshallow"
                run.add(Note(path: repository.place, message: message))
            }
            // Commits that the revision reaches are not covered.
            return run.finish(skipped: skipped, failures: files.failures) { _ in revision == nil }
        }
    }

    /// Scans the staged files of a repository.
    private func scan(
        stagedIn repository: GitRepository,
        _ options: Options,
        _ run: inout ScanRun,
        _ progress: (Progress) -> Void,
        _ consume: (ScannedFile) throws -> Void
    ) throws -> Summary {
        run.committed = try committed(in: repository, options)
        let source = StagedSource(try ListedGitFiles(in: repository) { !options.exclusion.excludes($0) })
        let paths = (0..<source.count).map(source.path)
        for path in source.pathsWithMarks { run.add(Note(path: path, message: Self.notUTF8)) }
        progress(Progress(fileCount: 0, totalCount: source.count, byteCount: 0))
        try run.scan(source, origin: source.origin, consume: consume)
        try source.checkEnd()
        run.count(files: source.readCount, bytes: source.byteCount)
        let read = Set(paths)
        return run.finish(skipped: source.skipped, failures: source.failures) { read.contains($0) }
    }

    /// Returns what is found in the committed contents of the files that are staged with other contents.
    private func committed(in repository: GitRepository, _ options: Options) throws -> Set<ScanRun.Committed> {
        try values(in: ListedGitFiles(replacedIn: repository) { !options.exclusion.excludes($0) })
    }

    /// Returns what is found in the earlier versions of files, at the paths that the commits since a revision change.
    private func committed(
        in repository: GitRepository,
        before revision: String,
        _ options: Options
    ) throws -> Set<ScanRun.Committed> {
        try values(in: ListedGitFiles(changedIn: repository, since: revision) { !options.exclusion.excludes($0) })
    }

    private func values(in files: ListedGitFiles) throws -> Set<ScanRun.Committed> {
        let source = StagedSource(files)
        var committed: Set<ScanRun.Committed> = []
        scan(source) { text in committed.formUnion(text.findings.map(ScanRun.Committed.init)) }
        try source.checkEnd()
        return committed
    }

    /// The note about a file of a repository whose name is shown with U+FFFD in place of bytes that are not UTF-8.
    private static let notUTF8 = "its name is not UTF-8, and is shown with marks in it"

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
        let unread = source.failures.map { $0.relative(to: deployment.root) }
        // In a live folder, files come and go: one that has disappeared holds nothing that could be found.
        for failure in unread where failure.code == .missing {
            run.add(Note(path: failure.path, message: "the file was removed while the folder was scanned"))
        }
        let failures =
            closed.map { CollectingError(.unreadable, at: $0.path, $0.reason.description) }
            + unread.filter { $0.code != .missing }
        let skipped = deployment.skipped.filter { !closed.contains($0) } + links
        return run.finish(skipped: skipped, failures: failures, ignored: ignored) { _ in true }
    }

    /// Scans the files of a history, some at a time, and returns those that were skipped.
    private func scan(
        _ files: inout GitFiles,
        _ run: inout ScanRun,
        _ progress: (Progress) -> Void,
        _ consume: (ScannedFile) throws -> Void
    ) throws -> [Deployment.Skipped] {
        var skipped: [Deployment.Skipped] = []
        var batch: [SourceFile] = []
        var size = 0
        var seen = Progress()
        while let file = try files.next() {
            if file.isLargeFilePointer { skipped.append(.init(path: file.path, reason: .largeFilePointer)) }
            if !file.hasPlainName { run.add(Note(path: file.path, message: Self.notUTF8)) }
            batch.append(file)
            size += file.bytes.count
            seen.fileCount += 1
            seen.byteCount += file.bytes.count
            progress(seen)
            if size >= Self.batchSize || batch.count >= Self.batchCount { try flush() }
        }
        try flush()
        run.count(files: seen.fileCount, bytes: seen.byteCount)
        return skipped

        func flush() throws {
            let files = HistoryBatch(batch)
            try run.scan(files, origin: files.origin, consume: consume)
            batch = []
            size = 0
        }
    }
}
