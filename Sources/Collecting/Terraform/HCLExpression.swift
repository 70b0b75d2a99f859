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
