internal import Archive
internal import Bundling

/// Shows the lines that an update changes: removed lines with masked values, added lines with stand-ins.
struct ChangedLines {
    private let templates: [String: [UInt8]]
    private let masked: MaskedLines

    /// Takes the bundle's files, with stand-ins, by path.
    init(templates: [String: [UInt8]]) {
        self.templates = templates
        masked = MaskedLines(among: Array(templates.values))
    }

    /// Returns the change to a file.
    ///
    /// - Parameters:
    ///   - file: the bundle's file, with values.
    ///   - existing: the deployment's file.
    ///   - contents: the new contents of the deployment's file.
    ///   - kind: the kind of change.
    /// - Returns: the change, with its lines.
    func change(
        of file: HydratedFile,
        from existing: [UInt8],
        to contents: [UInt8],
        as kind: DeploymentUpdate.Change.Kind
    ) -> DeploymentUpdate.Change {
        let (old, new) = (Self.lines(of: existing), Self.lines(of: contents))
        let (filled, shown) = (Self.lines(of: file.bytes), Self.lines(of: templates[file.path] ?? file.bytes))
        // Values contain no line ends, so the bundle's file has the same lines.
        let stems = filled.count == shown.count ? zip(filled, shown).map { ($0, $1) } : []
        let texts = Dictionary(stems, uniquingKeysWith: { first, _ in first })
        let difference = new.difference(from: old)
        let removed = difference.removals.map { change -> Int in
            guard case .remove(let offset, _, _) = change else { return 0 }
            return offset + 1
        }
        let added = difference.insertions.compactMap { change -> (Int, String)? in
            guard case .insert(let offset, let line, _) = change else { return nil }
            return (offset + 1, texts[line].map { escaped($0) } ?? "")
        }
        let masks = masked.masked(removed, of: file.path, existing)
        return DeploymentUpdate.Change(
            path: file.path,
            kind: kind,
            removedLines: removed.map { ($0, masks[$0] ?? "") },
            addedLines: added
        )
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
