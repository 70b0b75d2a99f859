internal import ArgumentParser
internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay collect`.
struct CollectCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Turn a working deployment into one folder.",
        discussion: """
            Examples:
              scrubjay collect ~/docker-jitsi-meet --output collected
              scrubjay collect docker:docker-jitsi-meet --output collected
              scrubjay collect gcp:my-project --output collected
              scrubjay collect gcp:my-project --from-json answers --output collected

            A folder is copied. The containers of a Compose project become a compose file, its .env and
            the files of their /config folders and volumes, read through your docker or podman. A
            Google Cloud project becomes Terraform files, read through your gcloud by commands that
            only read, or from what 'gcloud … --format=json' wrote. The result is as secret as the
            original: it is readable by its owner alone, and refused inside of a git work tree that
            does not ignore it.
            """
    )

    @Argument(help: "A folder, docker:PROJECT or gcp:PROJECT.")
    var source: String

    @OptionGroup var output: OutputFolderOptions

    @Option(help: ArgumentHelp("Read what gcloud wrote from the JSON files of this folder.", valueName: "dir"))
    var fromJSON: String?

    @Flag(help: "Make Spot machines, e2-micro and cloud-init of what took their place in Google Cloud.")
    var modernize = false

    @Flag(help: "Write nothing, and say what is not as the collection in --output has it.")
    var diff = false

    @Flag(help: "Do not show progress.")
    var noProgress = false

    mutating func validate() throws {
        guard !(diff && (output.dryRun || output.force)) else {
            throw ValidationError("--diff writes nothing, so that --dry-run and --force say nothing more")
        }
        if case .googleCloud(let project) = Source(source) {
            guard fromJSON != nil || !project.isEmpty else { throw ValidationError("gcp: needs a project") }
            // It becomes an argument of gcloud.
            let isName = project.utf8.allSatisfy {
                (97...122).contains($0) || (48...58).contains($0) || $0 == 45 || $0 == 46
            }
            guard isName, !project.hasPrefix("-") else {
                throw ValidationError("'\(source)' names no project of Google Cloud")
            }
        } else if case .docker(let project) = Source(source), project.isEmpty || project.hasPrefix("-") {
            throw ValidationError("docker: needs the name of a project")
        } else if fromJSON != nil || modernize {
            throw ValidationError("--from-json and --modernize are for gcp:PROJECT")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        switch Source(source) {
        case .folder(let path): try collect(folder: path, console: console)
        case .docker(let project): try collect(containers: project, console: console)
        case .googleCloud(let project): try collect(project: project, console: console)
        }
    }

    private func collect(folder: FilePath, console: Console) throws -> ExitStatus {
        let workflow = Collect(
            source: folder,
            output: output.path,
            replacesOutput: output.force,
            time: try SourceDate.time(console),
            environment: console.environment
        )
        let plan = try workflow.plan()
        for skipped in plan.deployment.skipped {
            console.say("left out: \(Printable.text(skipped.path)) (\(skipped.reason))")
        }
        for link in plan.outwardLinks { console.say("left out: \(Printable.text(link)) (a link that leads outside)") }
        if diff { return try compare(workflow.record(of: plan), console: console) }
        let what = "\(Count.of(plan.entries.count, "file")), \(Count.bytes(plan.size))"
        if output.dryRun {
            for entry in plan.entries { console.print(Printable.text(entry.path)) }
            console.say("would collect \(what) into \(output.path)")
            return .success
        }
        try Interruption.guarding { isInterrupted in try workflow.apply(plan, isInterrupted: isInterrupted) }
        console.say("collected \(what) into \(output.path)")
        return .success
    }

    private func collect(containers project: String, console: Console) throws -> ExitStatus {
        let time = try SourceDate.time(console)
        var line = StatusLine(console: console, isWanted: !noProgress)
        return try Interruption.guarding { isInterrupted in
            let workflow = CollectContainers(project: project, environment: console.environment, pace: .system)
            let collection = try workflow.read(isInterrupted: isInterrupted) { line.show("reading \($0)") }
            line.erase()
            console.say("found " + Count.of(collection.containerCount, "container"))
            CollectText.say(leftOut: collection.leftOut, failures: collection.failures, console: console)
            let isSame = try write(
                collection.parts,
                kind: "docker",
                source: project,
                time: time,
                leftOut: CollectText.leftOut(collection.leftOut, collection.failures),
                console: console,
                isInterrupted: isInterrupted
            )
            return collection.failures.isEmpty ? isSame : .failure
        }
    }

    /// Says what is not as an earlier collection has it.
    private func compare(_ record: CollectionRecord, console: Console) throws -> ExitStatus {
        let changes = try CollectedFolder.changes(of: record, since: output.path)
        for change in changes { console.print("\(change.kind.rawValue) \(Printable.text(change.path))") }
        let what = changes.isEmpty ? "nothing is different" : Count.of(changes.count, "difference")
        console.say("compared \(Count.of(record.parts.count, "file")) with \(output.path): \(what)")
        return changes.isEmpty ? .success : .answerIsNo
    }

    /// Writes what was made, says what would be written, or compares it with what was.
    private func write(
        _ parts: [CollectedPart],
        kind: String,
        source: String,
        time: Int,
        leftOut: [CollectionRecord.LeftOut],
        outside folders: [FilePath] = [],
        console: Console,
        isInterrupted: () -> Bool
    ) throws -> ExitStatus {
        let record = CollectedFolder.record(of: parts, kind: kind, source: source, time: time, leftOut: leftOut)
        if diff { return try compare(record, console: console) }
        let what = "\(Count.of(parts.count, "file")), \(Count.bytes(parts.reduce(0) { $0 + $1.bytes.count }))"
        guard !output.dryRun else {
            for part in parts { console.print(Printable.text(part.path)) }
            console.say("would write \(what) into \(output.path)")
            return .success
        }
        let folder = CollectedFolder(
            output: output.path,
            replacesOutput: output.force,
            environment: console.environment
        )
        try folder.write(parts, record: record, outside: folders, isInterrupted: isInterrupted)
        console.say("wrote \(what) into \(output.path)")
        return .success
    }

    private func collect(project: String, console: Console) throws -> ExitStatus {
        let workflow = CollectCloud(
            project: project.isEmpty ? nil : project,
            origin: fromJSON.map { .saved(FilePath($0)) } ?? .gcloud,
            modernizes: modernize,
            environment: console.environment,
            pace: .system
        )
        if output.dryRun && fromJSON == nil {
            for command in workflow.commands { console.print(command) }
            console.say(
                "would run these commands, then one for each DNS zone and each deployment; none of them changes anything"
            )
            return .success
        }
        let time = try SourceDate.time(console)
        var line = StatusLine(console: console, isWanted: !noProgress)
        return try Interruption.guarding { isInterrupted in
            let outcome = try workflow.read(isInterrupted: isInterrupted) { line.show("reading \($0)") }
            line.erase()
            CollectText.say(outcome, console: console)
            let isSame = try write(
                outcome.collection.parts,
                kind: "gcp",
                source: project,
                time: time,
                leftOut: CollectText.leftOut(outcome.collection.leftOut, outcome.failures),
                outside: fromJSON.map { [FilePath($0)] } ?? [],
                console: console,
                isInterrupted: isInterrupted
            )
            return outcome.failures.isEmpty ? isSame : .failure
        }
    }
}
