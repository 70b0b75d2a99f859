internal import Documents

/// Turns the paths of findings into the relative URIs of a SARIF file.
///
/// GitHub resolves them against the root of the repository, which is a workflow's working folder. The paths in a
/// scanned folder below it are therefore prefixed with that folder's name.
struct SARIFPaths {
    /// The id of the folder to which the URIs are relative.
    static let base = "%SRCROOT%"

    /// The prefix of the paths of findings, with a final slash; empty if there is none.
    private let prefix: String
    /// The base of the URIs, in one phrase.
    let description: String

    /// Uses paths relative to the root of the scanned tree.
    init(relativeTo description: String) { self.init(prefix: "", description: description) }

    private init(prefix: String, description: String) {
        self.prefix = prefix
        self.description = description
    }

    /// Uses paths relative to the working folder if it contains the scanned folder.
    ///
    /// - Parameters:
    ///   - folder: the folder as given; empty for the working folder itself.
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

    /// Returns the URI of a path: a relative reference in which all but unreserved characters are encoded (RFC 3986
    /// sections 2.3 and 4.2).
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
