/// An entry of a dictionary.
struct PythonEntry: Hashable, Sendable {
    var name: String
    var value: PythonExpression

    init(_ name: String, _ value: PythonExpression) {
        self.name = name
        self.value = value
    }
}
