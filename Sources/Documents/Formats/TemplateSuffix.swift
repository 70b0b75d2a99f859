/// The suffixes of templates that generate a text of any format: `app.conf.j2`, `values.yaml.gotmpl`.
///
/// The text outside the template's expressions is read in the format of the name without the suffix.
package enum TemplateSuffix {
    private static let suffixes = [".j2", ".jinja2", ".jinja", ".gotmpl", ".ctmpl"]

    /// Whether `path` names a template.
    package static func isAtEnd(of path: String) -> Bool { suffix(of: path.lowercased()) != nil }

    /// Returns `name`, the last component of a path, without such a suffix, if the rest has its own extension.
    package static func removed(from name: String) -> String {
        guard let suffix = suffix(of: name.lowercased()) else { return name }
        let rest = name.dropLast(suffix.count)
        return rest.contains(".") ? String(rest) : name
    }

    private static func suffix(of name: String) -> String? { suffixes.first { name.hasSuffix($0) } }
}
