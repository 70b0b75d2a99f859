/// A variable of the templates: a value that each owner sets.
struct TerraformVariable: Hashable, Sendable {
    var name: String
    var type: String
    var description: String
    /// The owner's value, for `terraform.tfvars`.
    var value: HCLExpression
    var isSensitive = false

    /// Returns the name of the variable for an image without a name.
    static func imageName(of resource: CloudResource) -> String { TerraformResource.label(resource.name) + "_image" }
}
