internal import Detecting
internal import Documents

// Stand-ins for values, and files with them, whose paths differ.
extension Sanitizer {
    /// What stand-ins are assigned to.
    struct Assigning {
        var scan: ScanResult
        /// The values of earlier runs.
        var known: [SealedMap.Value]
        /// The parameters of a tree that was sanitized before.
        var inherited: ParameterFile
        var packed: PackedFiles
        /// The files that stay, with what is replaced in them.
        var kept: [(document: Document, replacements: [Replacement])]
        /// What is replaced in the paths of other files.
        var others: [Replacement]
        var metadataByteCounts: [String: Int]
    }

    /// The number of stand-ins that are avoided because of paths.
    private static let collisionLimit = 64

    /// Assigns stand-ins, and plans the files with them.
    ///
    /// If a file would get the path of another one, the stand-ins in such paths are avoided: beside a folder `user1`,
    /// no login is `user1`.
    ///
    /// - Throws: ``SanitizingError``: `exhausted`, `irreplaceable`, `ambiguousName`, or `pathCollision` if no other
    ///   stand-in helps.
    func assigned(
        _ assigning: Assigning
    ) throws(SanitizingError) -> (assignment: Assignment, files: [SanitizePlan.File]) {
        var avoided: Set<String> = []
        while true {
            let assignment = try assignment(assigning, avoiding: avoided)
            let files = try Self.files(assigning, assignment)
            guard let collision = Collision(in: files, parameters: assignment.parameters) else {
                return (assignment, files)
            }
            guard !collision.standIns.isSubset(of: avoided), avoided.count < Self.collisionLimit else {
                throw SanitizingError(
                    .pathCollision,
                    at: collision.path,
                    "two files would have this path when sanitized"
                )
            }
            avoided.formUnion(collision.standIns)
        }
    }

    private func assignment(
        _ assigning: Assigning,
        avoiding avoided: Set<String>
    ) throws(SanitizingError) -> Assignment {
        var assignment = Assignment(
            scan: assigning.scan,
            naming: ParameterTexts(policy, scan: assigning.scan),
            generator: generator,
            known: EarlierValues(assigning.known),
            avoiding: avoided
        )
        assignment.inherit(assigning.inherited)
        do throws(SanitizingError) {
            try assignment.assign(assigning.kept.flatMap(\.replacements) + assigning.others)
        } catch {
            throw error.naming(fileWithMost: assigning.kept.map { ($0.document.path, $0.replacements.count) })
        }
        return assignment
    }

    /// Plans each file that stays; archives come before their members.
    private static func files(
        _ assigning: Assigning,
        _ assignment: Assignment
    ) throws(SanitizingError) -> [SanitizePlan.File] {
        var files: [SanitizePlan.File] = []
        var archives: [String: SanitizePlan.File] = [:]
        let packed = assigning.packed
        for (document, replacements) in assigning.kept {
            var file = try assignment.file(
                for: document,
                in: packed.container(of: document.path).flatMap { archives[$0] },
                replacements: replacements,
                inherited: assigning.inherited,
                metadataByteCount: assigning.metadataByteCounts[document.path]
            )
            file.isArchive = packed.isOpened(document.path)
            if file.isArchive { archives[document.path] = file }
            files.append(file)
        }
        return files
    }
}

/// Files that would have the same path when sanitized.
private struct Collision {
    /// The path of the first of them.
    var path: String
    /// The stand-ins in the paths of such files.
    var standIns: Set<String> = []

    /// Looks for such files; nil if there are none.
    init?(in files: [SanitizePlan.File], parameters: [Parameter]) {
        let counts = Dictionary(files.map { ($0.path, 1) } + [(ParameterFile.name, 1)], uniquingKeysWith: +)
        let colliding = files.filter { counts[$0.path, default: 0] > 1 }
        guard let first = colliding.first else { return nil }
        path = first.path
        standIns = Set(colliding.flatMap(\.standInsInPath).map { parameters[$0.parameter].standIn })
    }
}
