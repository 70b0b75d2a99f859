package import Collecting

/// The running services of a deployment, and their behaviour at startup.
package struct LiveDeployment: Sendable {
    /// The running services.
    package var services: [LiveService]
    /// The way to recreate services.
    package var recreation: Recreation
    /// The release of the images; nil if unknown.
    package var release: Release?
    /// The containers' behaviour at startup; nil if it is unknown or there are no containers.
    package var regime: Catalogue.Regime?
    /// What was found and how, in sentences.
    package var evidence: [String]
    /// The catalogue's variables set in the containers' environments.
    package var variables: [String: String]

    /// How a service takes new values.
    package enum Recreation: Sendable {
        /// Compose recreates it.
        case compose(ContainerEngine, ComposeProject)
        /// Only the creator of the container can recreate it; here it can only be restarted.
        case engine(ContainerEngine)
        /// A command restarts a service of the machine; the service's name is appended.
        case service(restart: [String])
    }

    /// The engine of its containers; nil for services of the machine.
    var engine: ContainerEngine? {
        switch recreation {
        case .compose(let engine, _), .engine(let engine): engine
        case .service: nil
        }
    }

    /// Returns the services of one component.
    package func services(of component: String) -> [LiveService] { services.filter { $0.component == component } }
}

extension Catalogue {
    /// The variables in the templates of accounts and proofs.
    var templateVariables: Set<String> {
        Set(
            (settings.compactMap(\.account) + settings.compactMap(\.proof)).flatMap {
                DeploymentVariables.names(in: $0)
            }
        )
    }
}
