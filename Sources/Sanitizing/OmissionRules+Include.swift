internal import Detecting
public import Documents

extension OmissionRules {
    /// Whether a file stays out whatever the policy includes: what it holds cannot be replaced inside of it, or is to be made
    /// afresh, or says what is worth hiding.
    ///
    /// - Parameters:
    ///   - path: the path relative to the root of the deployment.
    ///   - isText: whether the contents are a text.
    ///   - keyMaterial: what the whole file is, where it is nothing but a private key or a certificate.
    /// - Returns: whether it stays out.
    public static func isFinal(path: String, isText: Bool, keyMaterial: KeyMaterial?) -> Bool {
        let components = path.split(separator: "/")
        if path == PolicyFile.name || path == "deployment.json" { return true }
        if components.last?.hasSuffix(".dat") == true, components.dropLast().last == "accounts" { return true }
        return !isText || keyMaterial != nil
    }

    /// Whether a file stays out whatever the policy includes.
    public static func isFinal(_ document: Document) -> Bool {
        isFinal(
            path: document.path,
            isText: document.layers.first?.format != .binary,
            keyMaterial: KeyMaterialFile.keyMaterial(of: document.bytes)
        )
    }

    /// Why a file is left out where nobody decides otherwise; nil where it stays.
    public static func reason(for document: Document) -> String? {
        reason(
            path: document.path,
            isText: document.layers.first?.format != .binary,
            keyMaterial: KeyMaterialFile.keyMaterial(of: document.bytes)
        )
    }
}
