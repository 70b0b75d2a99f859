public import Collecting
public import SystemPackage

/// Collects a Google Cloud project and turns its resources into templates.
public struct CollectCloud: Sendable {
    /// The origin of the resource descriptions.
    public enum Origin: Sendable {
        /// A folder of files written by `gcloud … --format=json`.
        case saved(FilePath)
        /// The user's gcloud.
        case gcloud
    }

    /// The project; nil for the one that the resources name.
    public var project: String?
    /// The origin of the resource descriptions.
    public var origin: Origin
    /// Whether features that Google has retired are replaced with their successors.
    public var modernizes: Bool
    /// The variables of this process; gcloud gets those that it needs.
    public var environment: [String: String]
    /// The clock used for waiting and time limits.
    public var pace: Pace

    /// Configures the workflow; nothing is read yet.
    public init(
        project: String?,
        origin: Origin,
        modernizes: Bool = false,
        environment: [String: String],
        pace: Pace
    ) {
        self.project = project
        self.origin = origin
        self.modernizes = modernizes
        self.environment = environment
        self.pace = pace
    }

    /// The result of reading.
    public struct Outcome: Sendable {
        /// The templates.
        public var collection: CloudCollection
        /// The failures to read something, one sentence each.
        public var failures: [String]
    }

    /// Reads the resources and makes the templates.
    ///
    /// - Parameters:
    ///   - isInterrupted: asked between two commands.
    ///   - progress: receives what is being read.
    /// - Returns: the templates, and what could not be read.
    /// - Throws: ``CollectingError``; ``KitError`` `interrupted`, or `unsuitable` if nothing was found.
    public func read(
        isInterrupted: () -> Bool = { false },
        progress: (String) -> Void = { _ in }
    ) throws -> Outcome {
        var inventory = CloudInventory()
        var failures: [String] = []
        switch origin {
        case .saved(let folder): try inventory.add(folder: folder)
        case .gcloud:
            let gcloud = Gcloud(project: project ?? "", environment: environment, pace: pace)
            for call in gcloud.calls {
                if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
                progress(call.what)
                do throws(GcloudError) {
                    for further in try gcloud.run(call, into: &inventory) {
                        if isInterrupted() { throw GcloudError(.interrupted, "interrupted") }
                        _ = try gcloud.run(further, into: &inventory)
                    }
                } catch {
                    if error.code == .interrupted { throw KitError(.interrupted, "interrupted; nothing was written") }
                    if error.code == .notEnabled { continue }
                    failures.append("\(call.what): \(error.message)")
                    if error.endsAll { break }
                }
            }
            inventory.sort()
        }
        guard !inventory.resources.isEmpty else {
            if let first = (failures + inventory.failures).first { throw KitError(.unsuitable, first) }
            let reason = inventory.unknown.first.map { ": \($0.origin): \($0.reason)" } ?? ""
            throw KitError(.unsuitable, "no Google Cloud resources were found" + reason)
        }
        progress("what was found")
        return Outcome(
            collection: CloudCollection(of: inventory, project: project, modernizes: modernizes),
            failures: failures + inventory.failures
        )
    }

    /// The commands that are run, for display before they are.
    public var commands: [String] {
        guard case .gcloud = origin else { return [] }
        return Gcloud(project: project ?? "", environment: environment, pace: pace).calls.map(\.text)
    }
}
