/// A value in a Python template of Deployment Manager.
indirect enum PythonExpression: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([PythonExpression])
    case dictionary([PythonEntry])
    /// A local variable: `project`, `zone`, or the name of each of several resources.
    case name(String)
    /// A property of the template.
    case property(String)
    /// The elements of a property, one per line.
    case lines(String)
    /// A concatenation of texts and names.
    case joined([PythonExpression])
    /// An attribute of another resource of the deployment.
    case reference(target: String, attribute: String)
    /// The contents of a file that the template's schema imports.
    case document(String)
    /// An individual value of each of several resources.
    case own(String)
    /// A value that may differ between resources, before it is known whether it does.
    case anything
}

extension PythonExpression {
    /// Returns the value of an entry; nil if this is not a dictionary with that entry.
    subscript(name: String) -> PythonExpression? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries.first { $0.name == name }?.value
    }

    /// Visits the expression and all its parts.
    func forEach(_ body: (PythonExpression) -> Void) {
        body(self)
        switch self {
        case .list(let parts), .joined(let parts): for part in parts { part.forEach(body) }
        case .dictionary(let entries): for entry in entries { entry.value.forEach(body) }
        default: break
        }
    }
}
