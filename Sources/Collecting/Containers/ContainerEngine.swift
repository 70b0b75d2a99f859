internal import Archive
package import Documents
internal import SystemPackage

/// Docker or podman, used through its own command line and thus with the user's contexts, connections and logins.
///
/// All commands in this file are read-only. Processes in a container are never listed, because that would show their
/// arguments.
package struct ContainerEngine: Sendable {
    /// The program: `docker`, `podman`, or a path to either.
    package let program: String
    /// Starts the program.
    package let programs: Programs

    /// The time limit for a query: a remote engine is asked over ssh, and a busy one may answer only after a minute.
    package static let answerTime = Duration.seconds(120)
    /// The time limit for copying the files of one folder, which allows for 0.5 MB/s.
    private static let copyLimit = Duration.seconds(600)
    /// The maximum size in bytes of the descriptions of containers, images and networks: some thousands of them at 10
    /// to 20 KB each.
    private static let outputLimit = 64 << 20
    /// The maximum size in bytes of the archive of one folder: the 256 MiB that are read of an archive, and its
    /// headers.
    private static let archiveLimit = 272 << 20

    /// Makes an engine with the command `program`: `docker`, `podman`, or a path to either.
    package init(program: String, programs: Programs) {
        self.program = program
        self.programs = programs
    }

    /// Finds the installed engine; podman is used if docker is not installed.
    ///
    /// - Throws: ``ProcessError`` `notInstalled` if neither is.
    package init(environment: [String: String], pace: Pace) throws(ProcessError) {
        let names: Set = ["PATH", "HOME", "USER", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK"]
        let prefixes = ["DOCKER_", "CONTAINER_", "CONTAINERS_"]
        var variables = environment.filter { variable in
            names.contains(variable.key) || prefixes.contains(where: variable.key.hasPrefix)
        }
        variables["LC_ALL"] = "C.UTF-8"
        programs = Programs(environment: variables, pace: pace)
        for name in ["docker", "podman"] {
            do throws(ProcessError) {
                _ = try programs.run([name, "--version"], within: Self.answerTime)
                program = name
                return
            } catch  where error.code == .notInstalled {
                continue
            }
        }
        throw ProcessError(.notInstalled, of: "docker", "this needs docker or podman; neither is in PATH")
    }

    /// Returns the ids of a project's containers: those that Compose created for it, or else those with its name.
    ///
    /// - Throws: ``ProcessError``.
    func containers(of project: String) throws(ProcessError) -> [String] {
        let label = "label=com.docker.compose.project=\(project)"
        let made = try lines("ps", "--all", "--no-trunc", "--quiet", "--filter", label)
        if !made.isEmpty { return made }
        let all = try lines("ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Names}}")
        return all.compactMap { line in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2 else { return nil }
            let name = words[1]
            let isNamed = name == project || name.hasPrefix(project + "-") || name.hasPrefix(project + "_")
            // The agent of Container-Optimized OS names its containers klt-NAME-xxxx.
            return isNamed || name.hasPrefix("klt-\(project)-") ? words[0] : nil
        }
    }

    /// Returns the engine's description of a container.
    ///
    /// - Throws: ``ProcessError``; `failed` if it no longer exists.
    func container(_ id: String) throws(ProcessError) -> JSONValue { try description(of: "container", id) }

    /// Returns the engine's description of an image.
    ///
    /// - Throws: ``ProcessError``.
    func image(_ id: String) throws(ProcessError) -> JSONValue { try description(of: "image", id) }

    /// Returns the engine's description of a network.
    ///
    /// - Throws: ``ProcessError``.
    func network(_ name: String) throws(ProcessError) -> JSONValue { try description(of: "network", name) }

    /// Reads the files and links in a folder of a container from the engine's archive.
    ///
    /// Some engines use absolute paths in the archive, others paths that begin with the folder's own name.
    ///
    /// - Returns: the files with paths relative to the folder, and the reason why some are missing; the reason is nil
    ///   if none are missing.
    /// - Throws: ``ProcessError``.
    func files(
        in folder: String,
        of container: String
    ) throws(ProcessError) -> (files: [(path: String, file: ForeignArchive.File)], reason: String?) {
        let answer = try programs.run(
            [program, "cp", "\(container):\(folder)", "-"],
            within: Self.copyLimit,
            outputLimit: Self.archiveLimit
        )
        guard answer.status == 0 else { throw failure(answer) }
        var files: [(String, ForeignArchive.File)] = []
        var unsafe = 0
        let name = folder.split(separator: "/").last.map(String.init) ?? ""
        let ending = ForeignArchive.read(answer.output, includingLinks: true) { file in
            guard let path = Self.path(file.name ?? "", below: name) else {
                unsafe += 1
                return
            }
            files.append((path, file))
        }
        if unsafe > 0 { return (files, "\(unsafe) of its files have names that lead outside") }
        switch ending {
        case nil: return (files, answer.output.isEmpty ? nil : "the engine's archive cannot be read")
        case .complete: return (files, nil)
        case .incomplete(let reason): return (files, reason)
        }
    }

    /// Returns the path of a member relative to its folder; nil if it leads outside.
    static func path(_ member: String, below folder: String) -> String? {
        var parts = member.split(separator: "/").filter { $0 != "." }.map(String.init)
        if !member.hasPrefix("/"), parts.first == folder { parts.removeFirst() }
        guard !parts.isEmpty, !parts.contains("..") else { return nil }
        return parts.joined(separator: "/")
    }

    private func description(of kind: String, _ id: String) throws(ProcessError) -> JSONValue {
        guard let first = try descriptions(of: kind, [id]).first else { throw unknownAnswer("the list is empty") }
        return first
    }

    /// Returns the engine's complete descriptions of objects; a template would not do, because docker and podman name
    /// its fields differently.
    ///
    /// - Parameters:
    ///   - kind: `container`, `image` or `network`.
    ///   - ids: their ids or names; one or more.
    /// - Returns: the descriptions, in the same order.
    /// - Throws: ``ProcessError``; `failed` if one of them no longer exists.
    package func descriptions(of kind: String, _ ids: [String]) throws(ProcessError) -> [JSONValue] {
        let answer = try run([kind, "inspect"] + ids)
        do throws(DocumentError) {
            guard case .array(let found) = try JSONValue(parsingForeign: answer.output) else {
                throw DocumentError(.malformed, "it is not a list")
            }
            return found
        } catch {
            throw unknownAnswer(error.message)
        }
    }

    private func unknownAnswer(_ reason: String) -> ProcessError {
        ProcessError(.failed, of: program, "'\(program)' gave an unknown answer: \(reason)")
    }

    /// Runs a command of the engine and returns the lines of its output.
    ///
    /// - Throws: ``ProcessError``.
    package func lines(_ arguments: String...) throws(ProcessError) -> [String] {
        try run(arguments).text.split(separator: "\n").map(String.init)
    }

    private func run(_ arguments: [String]) throws(ProcessError) -> Programs.Answer {
        let answer = try programs.run([program] + arguments, within: Self.answerTime, outputLimit: Self.outputLimit)
        guard answer.status == 0 else { throw failure(answer) }
        return answer
    }

    private func failure(_ answer: Programs.Answer) -> ProcessError {
        let reason = answer.lastError.isEmpty ? "status \(answer.status)" : answer.lastError
        return ProcessError(.failed, of: program, "'\(program)' failed: \(reason)")
    }
}
