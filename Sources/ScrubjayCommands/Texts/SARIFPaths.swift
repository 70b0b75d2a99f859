internal import Documents

/// Turns the paths of findings into the relative URIs of a SARIF file.
///
/// GitHub takes them as relative to the root of the repository, which a workflow runs in: the paths of a scanned folder below
/// the working folder get its name in front.
struct SARIFPaths {
    /// The id of the folder that the URIs are relative to.
    static let base = "%SRCROOT%"

    /// What stands before the path of a finding, with a slash at its end; empty where nothing does.
    private let prefix: String
    /// What the URIs are relative to, in one phrase.
    let description: String

    /// Paths that are relative to the root of what was scanned.
    init(relativeTo description: String) { self.init(prefix: "", description: description) }

    private init(prefix: String, description: String) {
        self.prefix = prefix
        self.description = description
    }

    /// Paths of a folder, relative to the working folder if it lies in there.
    ///
    /// - Parameters:
    ///   - folder: the folder as it was given; empty for the working folder itself.
    ///   - workingFolder: the absolute path of the working folder.
    init(folder: String, workingFolder: String) {
        var path = folder[...]
        if folder == workingFolder { path = "" }
        if folder.hasPrefix(workingFolder + "/") { path = folder.dropFirst(workingFolder.count + 1) }
        let names = path.split(separator: "/").filter { $0 != "." }
        guard !path.hasPrefix("/"), !names.contains("..") else {
            self.init(relativeTo: "the scanned folder")
            return
        }
        self.init(prefix: names.map { $0 + "/" }.joined(), description: "the folder that Scrubjay ran in")
    }

    /// The URI of a path: a relative reference in which all but unreserved characters is encoded (RFC 3986, sections 2.3 and
    /// 4.2).
    func uri(of path: String) -> String {
        (prefix + path).utf8.reduce(into: "") { uri, byte in
            if byte.isAlphanumeric || "-._~/".utf8.contains(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = Array("0123456789ABCDEF")
                uri += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}
