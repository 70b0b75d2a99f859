/// A statement of a template: one resource, or several similar ones.
enum DeploymentManagerStatement: Sendable {
    case single(DeploymentManagerResource)
    /// Several resources: the properties that they share, and the individual values of each.
    case group(DeploymentManagerResource, items: [PythonExpression])
}
