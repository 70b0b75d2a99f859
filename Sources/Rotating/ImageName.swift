/// The name of a container image: `ghcr.io/jitsi/prosody:stable-11031`.
struct ImageName: Hashable {
    /// Its last component without the tag: `prosody`.
    let component: String
    /// The release in the tag, or the default in a compose file's variable:
    /// `jitsi/prosody:${JITSI_IMAGE_VERSION:-stable-11031}`.
    let release: Release?

    /// Parses a name.
    init(_ text: String) {
        let last = (text.split(separator: "/").last ?? "").prefix { $0 != "@" }
        component = String(last.prefix { $0 != ":" })
        var tag = last.drop { $0 != ":" }.dropFirst()
        if tag.hasPrefix("${"), tag.hasSuffix("}"), let dash = tag.firstIndex(of: "-") {
            tag = tag[tag.index(after: dash)...].dropLast()
        }
        release = Release(tag)
    }
}
