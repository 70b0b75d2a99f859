/// A resource in a Deployment Manager template.
struct DeploymentManagerResource: Hashable, Sendable {
    /// How the resource is created.
    enum Making: Hashable, Sendable {
        /// As a resource of a type.
        case type(String)
        /// By an API call when the deployment is created or deleted.
        case action(String, policy: String)
    }

    /// The resource's kind and path, by which other resources refer to it.
    var target: String
    var kind: CloudKind
    /// Its own name.
    var name: String
    /// The suffix that makes its name unique in the deployment.
    var suffix = ""
    var making: Making
    var properties: PythonExpression

    /// The resource's name in the deployment.
    var deploymentName: String { name + suffix }

    /// The template that contains it.
    var template: DeploymentManagerTemplate.Part {
        let machines: Set<CloudKind> = [
            .instance, .instanceTemplate, .instanceGroup, .instanceGroupManager, .disk, .project,
        ]
        return machines.contains(kind) ? .machines : .network
    }
}
