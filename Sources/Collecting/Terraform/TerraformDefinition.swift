/// One block of a Terraform file: a resource, or several similar ones.
struct TerraformDefinition: Sendable {
    var type: String
    var label: String
    var file: String
    var body: HCLBody
    /// The individual values of several resources, by key; nil for a block of one resource.
    var items: [HCLEntry]?
    /// Whether each item consists only of its name.
    var isList: Bool { items?.allSatisfy { $0.value == .map([]) } ?? false }
    /// The contents of its document files, by path.
    var documents: [(path: String, content: String)] = []
}
