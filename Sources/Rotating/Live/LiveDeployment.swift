/// The running parts of a deployment, and how they treat accounts when they start.
package struct LiveDeployment: Sendable {
    /// What runs.
    package var services: [LiveService]
    /// How containers are made anew.
    package var recreation: Recreation
    /// The release of the images; nil where it is not known.
    package var release: Release?
    /// How containers treat accounts; nil where that is not known, or where there are none.
    package var regime: Catalogue.Regime?
    /// What was found and by what, in sentences.
    package var evidence: [String]
    /// What the containers' environments set of the variables that the catalogue names.
    package var variables: [String: String]

    /// How a service takes new values.
    package enum Recreation: Sendable {
        /// By Compose.
        case compose(Engine, ComposeProject)
        /// By nobody but the one who made the container; it can only be started anew as it is.
        case engine(Engine)
        /// By a program that starts a service of the machine anew, which gets the service's name behind these words.
        case service(restart: [String])
    }

    /// The engine of its containers; nil for services of the machine.
    var engine: Engine? {
        switch recreation {
        case .compose(let engine, _), .engine(let engine): engine
        case .service: nil
        }
    }

    /// The parts of one kind.
    package func services(of component: String) -> [LiveService] { services.filter { $0.component == component } }
}

extension Catalogue {
    /// The variables that the templates of accounts and proofs name.
    var templateVariables: Set<String> {
        Set(
            (settings.compactMap(\.account) + settings.compactMap(\.proof)).flatMap {
                DeploymentVariables.names(in: $0)
            }
        )
    }
}
