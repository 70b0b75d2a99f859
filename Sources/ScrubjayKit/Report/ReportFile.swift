internal import Collecting
internal import Sanitizing
public import SystemPackage

/// An output file for a report.
public struct ReportFile: Hashable, Sendable {
    /// The format of the report.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// A page for a browser.
        case html
        /// Data for a program.
        case json
        /// A summary for a pull request.
        case markdown = "md"
    }

    /// The path of the file.
    public var path: FilePath
    /// The format of the report.
    public var form: Form

    /// Determines the format by the extension: `.html`, `.json` or `.md`; nil for any other name.
    public init?(path: FilePath) {
        guard path.stem != nil, let form = path.extension.flatMap({ Form(rawValue: $0.lowercased()) }) else {
            return nil
        }
        self.path = path
        self.form = form
    }

    /// Refuses files that cannot or may not be written, before any work is done.
    ///
    /// - Parameters:
    ///   - files: the files.
    ///   - deployment: the folder that is read.
    ///   - output: the folder that is made.
    ///   - replacing: whether an existing file may be replaced.
    /// - Throws: ``KitError`` `unsuitable` for a file in one of the two folders, in a folder that does not exist, or
    ///   named twice; ``CollectingError`` `outputExists`.
    public static func check(_ files: [ReportFile], deployment: FilePath, output: FilePath, replacing: Bool) throws {
        var seen: Set<FilePath> = []
        for file in files {
            let parent = file.path.folder
            let isFolder = try? Deployment.isFolder(parent)
            guard isFolder == true, let name = file.path.lastComponent else {
                throw KitError(.unsuitable, "\(file.path): the folder for the report does not exist")
            }
            for (folder, what) in [(deployment, "deployment"), (output, "output")] {
                guard Deployment.path(of: file.path, in: folder) == nil, !isSame(file.path, folder) else {
                    throw KitError(
                        .unsuitable,
                        "\(file.path): a report must not be in the \(what)",
                        hint: "choose a path outside it"
                    )
                }
            }
            guard seen.insert((folder(of: file.path) ?? parent).appending(name)).inserted else {
                throw KitError(.unsuitable, "\(file.path): the report is given twice")
            }
            if !replacing { try PrivateFile.checkFree(file.path) }
        }
    }

    /// Writes a report atomically, if it contains no original value.
    ///
    /// A report consists of proved contents and fixed words. It still goes through the residue check like a file of the
    /// output. A non-secret value that also occurs in an empty report, such as a machine named like a style class of
    /// the page, counts as one of the fixed words. It must not occur in what the report shows of the deployment.
    ///
    /// - Parameters:
    ///   - bytes: the report.
    ///   - report: the report's data.
    ///   - words: an empty report in the same form.
    ///   - preparation: the run that it is about.
    ///   - replacing: whether an existing file may be replaced.
    /// - Throws: ``SanitizingError`` `residue` if a value is in it; ``CollectingError`` `outputExists` or `unwritable`.
    public func write(
        _ bytes: [UInt8],
        of report: SanitizeReport? = nil,
        words: [UInt8] = [],
        about preparation: Sanitize.Preparation,
        replacing: Bool
    ) throws {
        let values = preparation.plan.values
        let check = ResidueCheck(values: values)
        func residues(_ bytes: [UInt8]) -> [ResidueCheck.Residue] {
            bytes.isEmpty ? [] : check.reading(path: "", contents: bytes).residues
        }
        let shown = Set(residues(report?.textsOfDeployment ?? bytes).map(\.value))
        let own = Set(residues(words).map(\.value)).subtracting(shown).filter { !values[$0].isSecret }
        if let residue = residues(bytes).first(where: { !own.contains($0.value) }) {
            let line = residue.line > 0 ? " in line \(residue.line)" : ""
            throw SanitizingError(
                .residue,
                at: path.string,
                "a value of kind \(residue.label) would be in the report\(line), \(residue.form); it was not written"
            )
        }
        try PrivateFile.write(bytes, to: path, mode: 0o644, replacing: replacing)
    }

    private static func isSame(_ file: FilePath, _ other: FilePath) -> Bool {
        guard file.lastComponent == other.lexicallyNormalized().lastComponent else { return false }
        return folder(of: file) == folder(of: other.lexicallyNormalized())
    }

    /// Returns the real path of the parent folder; nil if it does not exist.
    private static func folder(of path: FilePath) -> FilePath? {
        let parent = path.folder
        return try? PlaceOfFile.resolvedFolder(parent)
    }
}
