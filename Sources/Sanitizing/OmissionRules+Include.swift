internal import Detecting

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
}
