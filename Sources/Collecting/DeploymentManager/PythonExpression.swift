/// A value in a template of Deployment Manager that is written in Python.
indirect enum PythonExpression: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([PythonExpression])
    case dictionary([PythonEntry])
    /// A name of the function's own: `project`, `zone`, the name of each of several resources.
    case name(String)
    /// A property of the template.
    case property(String)
    /// The elements of a property, one a line.
    case lines(String)
    /// Texts and names, one behind the other.
    case joined([PythonExpression])
    /// An attribute of another resource of the deployment.
    case reference(target: String, attribute: String)
    /// The contents of a file that the template's schema imports.
    case document(String)
    /// What each of several resources has of its own.
    case own(String)
    /// What each of several resources has of its own, before it is known which of it differs.
    case anything
}

/// An entry of a dictionary.
struct PythonEntry: Hashable, Sendable {
    var name: String
    var value: PythonExpression

    init(_ name: String, _ value: PythonExpression) {
        self.name = name
        self.value = value
    }
}

extension PythonExpression {
    /// The value of an entry; nil where this is no dictionary that has it.
    subscript(name: String) -> PythonExpression? {
        guard case .dictionary(let entries) = self else { return nil }
        return entries.first { $0.name == name }?.value
    }

    /// The expression and all that it is made of.
    func forEach(_ body: (PythonExpression) -> Void) {
        body(self)
        switch self {
        case .list(let parts), .joined(let parts): for part in parts { part.forEach(body) }
        case .dictionary(let entries): for entry in entries { entry.value.forEach(body) }
        default: break
        }
    }
}
