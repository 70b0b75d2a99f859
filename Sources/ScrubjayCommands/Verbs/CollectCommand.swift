internal import ArgumentParser
internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay collect`.
struct CollectCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Collect a working deployment into one folder.",
        usage: "scrubjay collect [<options>] <source> --output <dir>",
        discussion: """
            Examples:
              scrubjay collect ~/docker-jitsi-meet --output collected
              scrubjay collect docker:docker-jitsi-meet --output collected
              scrubjay collect gcp:my-project --output collected
              scrubjay collect gcp:my-project --from-json answers --output collected

            A folder is copied. Files outside it that it refers to are listed; --include copies them. The containers \
            of a Compose project become a compose file, its .env, and the files of their /config folders \
            and volumes, read with docker or podman. A Google Cloud project becomes Terraform files, read \
            with gcloud commands that change nothing, or from saved output of 'gcloud … --format=json'. \
            The result is as secret as the original: only you can read it, and it is never written into a \
            git work tree that does not ignore it.
            """
    )

    @OptionGroup var deployment: CollectSourceOptions

    @OptionGroup var output: OutputFolderOptions

    @Option(
        help: ArgumentHelp("Also copy this file or folder from outside the source; may be repeated.", valueName: "path")
    )
    var include: [String] = []

    @Flag(help: "Compare with the collection in --output; write nothing.")
    var diff = false

    mutating func validate() throws {
        guard !(diff && (output.dryRun || output.force)) else {
            throw ValidationError("--diff cannot be combined with --dry-run or --force")
        }
        if case .folder = deployment.place { return }
        guard include.isEmpty else { throw ValidationError("--include can only be used with a folder") }
    }

    func run(console: Console) throws -> ExitStatus {
        switch deployment.place {
        case .folder(let path): try collect(folder: path, console: console)
        case .docker(let project): try collect(containers: project, console: console)
        case .googleCloud(let project): try collect(project: project, console: console)
        }
    }

    private func collect(folder: FilePath, console: Console) throws -> ExitStatus {
        let workflow = Collect(
            source: folder,
            including: include.map { FilePath($0) },
            output: output.path,
            replacesOutput: output.force,
            time: try SourceDate.time(console),
            environment: console.environment
        )
        try check(outside: [folder] + workflow.included, console: console)
        let plan = try workflow.plan()
        CollectText.say(plan, excluded: try workflow.pathsExcludedByPolicy(of: plan), console: console)
        var unreadable = plan.unreadPaths
        if diff {
            let isSame = try compare(workflow.record(of: plan), console: console)
            return unreadable.isEmpty ? isSame : .failure
        }
        let what = "\(Count.of(plan.items.count, "file")), \(Count.bytes(plan.size))"
        if output.dryRun {
            for item in plan.items { console.print(Printable.text(item.path)) }
            console.say("would collect \(what)\(output.destination)")
            return unreadable.isEmpty ? .success : .failure
        }
        let missed = try Interruption.guarding { try workflow.apply(plan, isInterrupted: $0) }
        for path in missed { console.say("not read: \(Printable.text(path))") }
        unreadable.formUnion(missed)
        console.say("collected \(what) into \(output.path)")
        return unreadable.isEmpty ? .success : .failure
    }

    /// Refuses an output that cannot be made, before anything is read.
    private func check(outside sources: [FilePath] = [], console: Console) throws {
        if diff || output.dryRun { return }
        try CollectedFolder(
            output: output.path,
            replacesOutput: output.force,
            environment: console.environment
        )
        .check(outside: sources)
    }

    private func collect(containers project: String, console: Console) throws -> ExitStatus {
        let time = try SourceDate.time(console)
        try check(console: console)
        let collection = try deployment.read(containers: project, console: console)
        console.say("found " + Count.of(collection.containerCount, "container"))
        CollectText.say(leftOut: collection.leftOut, failures: collection.failures, console: console)
        let isSame = try write(
            collection.parts,
            kind: "docker",
            source: project,
            time: time,
            leftOut: CollectText.leftOut(collection.leftOut, collection.failures),
            console: console
        )
        return collection.failures.isEmpty ? isSame : .failure
    }

    /// Prints the differences from an earlier collection.
    private func compare(_ record: CollectionRecord, console: Console) throws -> ExitStatus {
        let changes = try CollectedFolder.changes(of: record, since: output.path)
        for change in changes { console.print("\(change.kind.rawValue) \(Printable.text(change.path))") }
        let what = changes.isEmpty ? "no differences" : Count.of(changes.count, "difference")
        console.say("compared \(Count.of(record.parts.count, "file")) with \(output.path): \(what)")
        return changes.isEmpty ? .success : .answerIsNo
    }

    /// Writes the collection, prints what would be written, or compares it with an earlier one.
    private func write(
        _ parts: [CollectedPart],
        kind: String,
        source: String,
        time: Int,
        leftOut: [CollectionRecord.LeftOut],
        outside folders: [FilePath] = [],
        console: Console
    ) throws -> ExitStatus {
        let record = CollectedFolder.record(of: parts, kind: kind, source: source, time: time, leftOut: leftOut)
        if diff { return try compare(record, console: console) }
        let what = "\(Count.of(parts.count, "file")), \(Count.bytes(parts.reduce(0) { $0 + $1.bytes.count }))"
        guard !output.dryRun else {
            for part in parts { console.print(Printable.text(part.path)) }
            console.say("would write \(what)\(output.destination)")
            return .success
        }
        let folder = CollectedFolder(
            output: output.path,
            replacesOutput: output.force,
            environment: console.environment
        )
        try Interruption.guarding { isInterrupted in
            try folder.write(parts, record: record, outside: folders, isInterrupted: isInterrupted)
        }
        console.say("wrote \(what) into \(output.path)")
        return .success
    }

    private func collect(project: String, console: Console) throws -> ExitStatus {
        if output.dryRun && deployment.fromJSON == nil {
            for command in deployment.workflow(project: project, console: console).commands { console.print(command) }
            console.say(
                "would run these read-only commands, then one for each instance group, DNS zone and deployment"
            )
            return .success
        }
        let time = try SourceDate.time(console)
        let folders = deployment.fromJSON.map { [FilePath($0)] } ?? []
        try check(outside: folders, console: console)
        let outcome = try deployment.read(project: project, console: console)
        CollectText.say(outcome, console: console)
        let isSame = try write(
            outcome.collection.parts,
            kind: "gcp",
            source: project,
            time: time,
            leftOut: CollectText.leftOut(outcome.collection.leftOut, outcome.failures),
            outside: folders,
            console: console
        )
        return outcome.failures.isEmpty ? isSame : .failure
    }
}
