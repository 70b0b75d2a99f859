/// A text in a machine's metadata that becomes a separate file: a container declaration, a cloud-init, a script.
struct CloudDocument: Hashable, Sendable {
    /// The name of the metadata entry.
    var key: String
    /// The text.
    var content: String

    /// The entries that are documents even if they consist of one line.
    private static let always: Set = ["gce-container-declaration", "startup-script", "shutdown-script", "user-data"]

    /// Makes a document of an entry; nil if it is a short setting.
    init?(key: String, content: String) {
        guard Self.always.contains(key) || content.contains("\n") else { return nil }
        self.key = key
        self.content = content
    }

    /// The name of the file, with an extension that matches its contents.
    var fileName: String {
        let name = String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
        return name.hasPrefix(".") ? "_" + name + ending : name + ending
    }

    private var ending: String {
        if key == "gce-container-declaration" || content.hasPrefix("#cloud-config") { return ".yaml" }
        if content.hasPrefix("-----BEGIN ") { return ".pem" }
        if key.hasPrefix("windows-") || key.hasSuffix("-ps1") { return ".ps1" }
        if content.hasPrefix("#!") || key.hasSuffix("-script") { return ".sh" }
        return ".txt"
    }
}
