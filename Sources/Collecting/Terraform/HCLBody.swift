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
