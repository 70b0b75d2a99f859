/// A resource as it will stand in a template of Deployment Manager.
struct DeploymentManagerResource: Hashable, Sendable {
    /// What is made.
    enum Making: Hashable, Sendable {
        /// A resource of this type.
        case type(String)
        /// A call of the API, made when the deployment is made or when it is deleted.
        case action(String, policy: String)
    }

    /// The resource's kind and path, by which others refer to it.
    var target: String
    var kind: CloudKind
    /// Its own name.
    var name: String
    /// What its name in the deployment has behind its own, since no two of a deployment have the same.
    var suffix = ""
    var making: Making
    var properties: PythonExpression

    /// The resource's name in the deployment.
    var deploymentName: String { name + suffix }

    /// The template that it stands in.
    var template: DeploymentManagerTemplate.Part {
        let machines: Set<CloudKind> = [
            .instance, .instanceTemplate, .instanceGroup, .instanceGroupManager, .disk, .project,
        ]
        return machines.contains(kind) ? .machines : .network
    }
}
