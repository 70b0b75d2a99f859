internal import Documents

// Finds the files that consist of a single secret each.
extension DocumentDetector {
    // MARK: - Files that others name

    /// Whether the key of the secrets of a compose file ends at `end`.
    static func namesSecrets(endingAt end: Int, in text: [UInt8]) -> Bool {
        text[..<end].suffix(8).elementsEqual("secrets:".utf8)
    }

    /// Records the files that are named at a match of the shape.
    ///
    /// They are the files in a compose file's `secrets`, or the file of a setting such as `POSTGRES_PASSWORD_FILE`.
    mutating func noteSecretFiles(endingAt end: Int, layer number: Int) {
        let layer = document.layers[number]
        guard Self.namesSecrets(endingAt: end, in: layer.text) else {
            return note(Self.path(from: end - 1, in: layer.text), in: number)
        }
        for value in layer.values where value.key == "file" && value.role == .value {
            let keys = value.keyPath.suffix(3)
            if keys.count == 3, keys.first == "secrets" { note(value.span, in: number) }
        }
    }

    /// The path that is the value of a setting whose name ends before `start`.
    private static func path(from start: Int, in text: [UInt8]) -> Span {
        var start = start
        while start < text.count, assigning.contains(text[start]) { start += 1 }
        var end = start
        while end < text.count, !pathEnds.contains(text[end]), end - start < longestPath { end += 1 }
        return Span(start, end)
    }

    private static let assigning = ByteSet(" \t\"'=:")
    private static let pathEnds = ByteSet.space.union(ByteSet("\"'`,;:<>(){}[]|&#"))
    private static let longestPath = 256

    private mutating func note(_ span: Span, in number: Int) {
        guard !span.isEmpty else { return }
        let name = document.layers[number].text[span.range]
        let local = name.first == UInt8(ascii: "/") ? mounted(at: name, in: number) : name
        if let local, let path = Self.resolved(String(decoding: local, as: UTF8.self), from: document.path) {
            detection.secretFiles.insert(path)
        }
    }

    /// Returns what is mounted at a path, as in `./db.txt:/run/secrets/db:ro`.
    private mutating func mounted(at path: ArraySlice<UInt8>, in number: Int) -> ArraySlice<UInt8>? {
        if let known = mounts[number] { return known[path] }
        let found = Self.mounts(in: document.layers[number].text)
        mounts[number] = found
        return found[path]
    }

    /// Returns what a text mounts, by mount path; if several have the same path, the first counts.
    private static func mounts(in text: [UInt8]) -> [ArraySlice<UInt8>: ArraySlice<UInt8>] {
        var mounts: [ArraySlice<UInt8>: ArraySlice<UInt8>] = [:]
        var search = 0
        while let mark = text[search...].firstRange(of: mountMark) {
            let colon = mark.lowerBound
            var end = colon + 1
            while end < text.count, !pathEnds.contains(text[end]), end - colon <= longestPath { end += 1 }
            var start = colon
            while start > 0, !pathEnds.contains(text[start - 1]), colon - start + 1 < longestPath { start -= 1 }
            let path = text[(colon + 1)..<end]
            if mounts[path] == nil { mounts[path] = text[start..<colon] }
            search = mark.upperBound
        }
        return mounts
    }

    private static let mountMark = Array(":/".utf8)

    /// Returns the path, from the root of the deployment, of a file that another file names; nil if it is outside the
    /// deployment.
    static func resolved(_ name: String, from path: String) -> String? {
        guard name.first != "/", name.first != "~" else { return nil }
        var components = path.split(separator: "/").dropLast().map(String.init)
        for component in name.split(separator: "/") where component != "." && component != "${PWD}" {
            if component == ".." {
                guard components.popLast() != nil else { return nil }
            } else {
                components.append(String(component))
            }
        }
        return components.joined(separator: "/")
    }

    // MARK: - The file itself

    /// Claims the only line of a file in a folder of secrets, such as `secrets/db.txt`.
    mutating func readSecretFile() {
        guard isOfSecrets(document.path) else { return }
        claimLine { !$0.contains(where: ByteSet.space.contains) }
    }

    /// Returns the claim about a file that another file declares to be a secret.
    static func detect(inSecretFile document: Document, index: RuleIndex) -> Detection {
        if isNotScanned(document) { return Detection() }
        var detector = DocumentDetector(document, index: index, names: NameMemory(index))
        detector.claimLine { _ in true }
        return detector.detection
    }

    private mutating func claimLine(where isMeant: (ArraySlice<UInt8>) -> Bool) {
        guard let text = document.layers.first?.text, text.count <= Self.longestSecret, !text.contains(0),
            let rule = index.rule(for: .secretFile)
        else { return }
        let lines = text.split { ByteSet.lineEnd.contains($0) }
        guard lines.count == 1, let line = lines.first, isMeant(line), !line.starts(with: "-----".utf8),
            !line.starts(with: "{".utf8)
        else { return }
        var claim = Claim(rule: rule, layer: 0, text: text, span: Span(line.startIndex, line.endIndex))
        claim.keyPath = [Self.stem(of: document.path)]
        emit(claim)
    }

    private static let longestSecret = 4096

    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.split(separator: ".").first ?? name)
    }

    /// Whether a file is in a folder of secrets, and its name is not that of a program's own file.
    private func isOfSecrets(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        guard components.count > 1, let name = components.last, name.first != ".",
            Self.folders.contains(components[components.count - 2].lowercased())
        else { return false }
        let parts = name.split(separator: ".")
        return parts.count < 2 || Self.endings.contains(parts.last?.lowercased() ?? "")
    }

    private static let folders: Set<String> = ["secrets", ".secrets"]
    private static let endings: Set<String> = ["txt", "secret", "pass", "passwd", "password", "pw", "token", "key"]
}
