/// A value in a Terraform file, before the resources' addresses are known.
indirect enum HCLExpression: Hashable, Sendable {
    /// A text, quoted when it is written.
    case text(String)
    /// Terraform code, written unchanged.
    case raw(String)
    /// A variable.
    case variable(String)
    /// The elements of a variable, one per line.
    case lines(String)
    /// A text that contains the project's name between its pieces.
    case projectText([String])
    case list([HCLExpression])
    case map([HCLEntry])
    /// An attribute of another resource.
    case reference(HCLReference)
    /// The contents of a separate file.
    case document(CloudDocument)
    /// An individual value of each of several resources: an entry of `each.value`.
    case each(String)
    /// The key of each of several resources.
    case eachKey
    /// The individual file of each of several resources.
    case eachDocument(String)
}

/// An entry of a map.
struct HCLEntry: Hashable, Sendable {
    var name: String
    var value: HCLExpression
}

/// A reference to an attribute of a resource.
struct HCLReference: Hashable, Sendable {
    /// The kind and path of the resource.
    var target: String
    var attribute: String
    /// The text around the reference, as in `"meet.${…}"`.
    var prefix = ""
}

/// The body of a block: arguments and nested blocks, in the order in which they are written.
struct HCLBody: Hashable, Sendable {
    struct Argument: Hashable, Sendable {
        var name: String
        var value: HCLExpression
    }
    struct Block: Hashable, Sendable {
        var name: String
        var body: HCLBody
    }

    var arguments: [Argument] = []
    var blocks: [Block] = []

    var isEmpty: Bool { arguments.isEmpty && blocks.isEmpty }

    subscript(name: String) -> HCLExpression? {
        get { arguments.first { $0.name == name }?.value }
        set {
            if let index = arguments.firstIndex(where: { $0.name == name }) {
                if let newValue { arguments[index].value = newValue } else { arguments.remove(at: index) }
            } else if let newValue {
                arguments.append(Argument(name: name, value: newValue))
            }
        }
    }
}
