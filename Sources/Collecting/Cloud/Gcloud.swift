internal import Documents

/// Reads the resources of a project with the user's gcloud: with its login and its configuration, by read-only
/// commands.
package struct Gcloud: Sendable {
    /// One command.
    package struct Call: Sendable {
        /// What the command reads.
        package var what: String
        var arguments: [String]
        /// The path of the group whose members it lists; nil for any other command.
        var group: String?

        /// The command as typed in a shell.
        package var text: String { "gcloud " + arguments.joined(separator: " ") }
    }

    private let project: String
    private let programs: Programs

    /// The time limit for a command: a large project's lists come page by page, and quotas make gcloud wait and try
    /// again.
    private static let limit = Duration.seconds(600)
    /// The maximum output of a command in bytes; the list of five thousand firewall rules takes four million.
    private static let outputLimit = 256 << 20

    /// Makes a reader of a project.
    package init(project: String, environment: [String: String], pace: Pace) {
        self.project = project
        let names: Set = [
            "PATH", "HOME", "USER", "XDG_CONFIG_HOME", "GOOGLE_APPLICATION_CREDENTIALS", "ALL_PROXY", "HTTPS_PROXY",
            "HTTP_PROXY",
            "NO_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy",
        ]
        var variables = environment.filter { names.contains($0.key) || $0.key.hasPrefix("CLOUDSDK_") }
        variables["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1"
        variables["CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK"] = "1"
        variables["CLOUDSDK_CORE_VERBOSITY"] = "warning"
        variables["LC_ALL"] = "C.UTF-8"
        programs = Programs(environment: variables, pace: pace)
    }

    /// The commands that are run for every project.
    package var calls: [Call] {
        [
            call("the project", "compute", "project-info", "describe"),
            call("instances", "compute", "instances", "list"),
            call("instance templates", "compute", "instance-templates", "list"),
            call("managed instance groups", "compute", "instance-groups", "managed", "list"),
            call("instance groups", "compute", "instance-groups", "unmanaged", "list"),
            call("firewall rules", "compute", "firewall-rules", "list"),
            call("addresses", "compute", "addresses", "list"),
            call("disks", "compute", "disks", "list"),
            call("networks", "compute", "networks", "list"),
            call("subnetworks", "compute", "networks", "subnets", "list"),
            call("DNS zones", "dns", "managed-zones", "list"),
            call("deployments", "deployment-manager", "deployments", "list"),
        ]
    }

    private func call(_ what: String, _ arguments: String...) -> Call {
        Call(what: what, arguments: arguments + ["--project=\(project)", "--format=json"])
    }

    /// Runs a command and adds its output to an inventory.
    ///
    /// - Returns: the commands that the output makes necessary.
    /// - Throws: ``GcloudError``; pages before a failed one are added.
    package func run(_ call: Call, into inventory: inout CloudInventory) throws(GcloudError) -> [Call] {
        let answer: Programs.Answer
        do throws(ProcessError) {
            answer = try programs.run(["gcloud"] + call.arguments, within: Self.limit, outputLimit: Self.outputLimit)
        } catch {
            switch error.code {
            case .notInstalled: throw GcloudError(.notInstalled, "'gcloud' is not in PATH")
            case .timedOut: throw GcloudError(.timedOut, "gcloud took longer than ten minutes")
            case .notStarted, .tooMuchOutput, .ended, .failed: throw GcloudError(.failed, error.message)
            }
        }
        let before = inventory.resources.count
        if !answer.output.isEmpty { inventory.add(answer.output, from: call.text, membersOf: call.group) }
        // If some zones do not answer a query over all zones, gcloud succeeds with a warning.
        let errors = String(decoding: answer.errors, as: UTF8.self)
        guard answer.status == 0, !errors.contains("requests did not succeed") else {
            throw GcloudError(status: answer.status, errors: errors)
        }
        return inventory.resources[before...].flatMap(further)
    }

    /// Returns the commands for details of a resource that the resource only refers to.
    private func further(_ resource: CloudResource) -> [Call] {
        switch resource.kind {
        case .instanceGroup:
            // A manager's own group is recreated with it, including its members.
            guard let zone = resource.zone, resource.isUnmanagedGroup(besides: []),
                resource.value["size"]?.number ?? 0 > 0
            else { return [] }
            var call = self.call(
                "the instance group \(resource.name)",
                "compute",
                "instance-groups",
                "unmanaged",
                "list-instances",
                resource.name,
                "--zone=\(zone)"
            )
            call.group = resource.path
            return [call]
        case .managedZone:
            return [self.call("the DNS zone \(resource.name)", "dns", "record-sets", "list", "--zone=\(resource.name)")]
        case .deployment:
            guard let manifest = resource.value["manifest"]?.scalar.map(CloudResource.lastComponent(of:)) else {
                return []
            }
            return [
                self.call(
                    "the deployment \(resource.name)",
                    "deployment-manager",
                    "manifests",
                    "describe",
                    manifest,
                    "--deployment=\(resource.name)"
                )
            ]
        default: return []
        }
    }
}
