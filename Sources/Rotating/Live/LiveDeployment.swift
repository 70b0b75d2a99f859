/// The running services of a deployment, and their startup behaviour.
package struct LiveDeployment: Sendable {
    /// The running services.
    package var services: [LiveService]
    /// The way to recreate services.
    package var recreation: Recreation
    /// The release of the images; nil if unknown.
    package var release: Release?
    /// The containers' startup behaviour; nil if it is unknown or there are none.
    package var regime: Catalogue.Regime?
    /// What was found and how, in sentences.
    package var evidence: [String]
    /// The catalogue's variables set in the containers' environments.
    package var variables: [String: String]

    /// The way in which a service takes new values.
    package enum Recreation: Sendable {
        /// Compose recreates it.
        case compose(Engine, ComposeProject)
        /// Only whoever created the container can recreate it; it can only be restarted.
        case engine(Engine)
        /// A program restarts a service of the machine; it gets the service's name after these words.
        case service(restart: [String])
    }

    /// The engine of its containers; nil for services of the machine.
    var engine: Engine? {
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
