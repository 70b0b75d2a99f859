/// One block of a Terraform file: a resource, or several that are alike.
struct TerraformDefinition: Sendable {
    var type: String
    var label: String
    var file: String
    var body: HCLBody
    /// Of several resources: what each has of its own, by its key; nil where the block is of one.
    var items: [HCLEntry]?
    /// Whether an item is no more than its name.
    var isList: Bool { items?.allSatisfy { $0.value == .map([]) } ?? false }
    /// The files of its documents, by their paths.
    var documents: [(path: String, content: String)] = []
}
