internal import Detecting
package import Sodium

/// A secret with its old value, its new value and its proofs.
package struct LiveSecret: Sendable {
    /// How a service shows that it accepts a value.
    package enum Proof: Hashable, Sendable {
        /// A login to an account.
        case account(String)
        /// A component's handshake.
        case component(String)
        /// A TURN allocation, with the shared secret or as a user.
        case turn(user: String?)
    }

    /// The settings that hold it.
    package var names: [String]
    /// The proofs; empty if the secret cannot be proved.
    package var proofs: [Proof]
    /// The components that take the new value.
    package var components: Set<String>
    /// The old value.
    package var old: SharedSecret
    /// The new value.
    package var fresh: SharedSecret

    /// Makes a secret.
    package init(
        names: [String],
        proofs: [Proof],
        components: Set<String>,
        old: SharedSecret,
        fresh: SharedSecret
    ) {
        self.names = names
        self.proofs = proofs
        self.components = components
        self.old = old
        self.fresh = fresh
    }

    /// Whether a TURN server checks it.
    var isOfTURN: Bool { proofs.contains { if case .turn = $0 { true } else { false } } }

    /// The same secret with its values swapped, for a rollback.
    package var reversed: LiveSecret {
        LiveSecret(names: names, proofs: proofs, components: components, old: fresh, fresh: old)
    }

    /// Returns the proofs of the settings with these names, and the components that read them.
    package static func facts(
        of names: [String],
        catalogue: Catalogue,
        variables: DeploymentVariables
    ) -> (proofs: [Proof], components: Set<String>) {
        let settings = names.compactMap(catalogue.setting(named:))
        var proofs: [Proof] = []
        for setting in settings {
            if let account = setting.account { proofs.append(.account(variables.resolved(account))) }
            guard let proof = setting.proof else { continue }
            let words = variables.resolved(proof).split(separator: " ").map(String.init)
            switch words.first {
            case "component" where words.count == 2: proofs.append(.component(words[1]))
            case "turn": proofs.append(.turn(user: words.count > 1 ? words[1] : nil))
            default: break
            }
        }
        return (proofs, Set(settings.flatMap(\.order)))
    }
}

extension RotationPlan.Secret {
    /// Returns the secret for running services.
    package func live(catalogue: Catalogue, variables: DeploymentVariables) -> LiveSecret {
        let facts = LiveSecret.facts(of: names, catalogue: catalogue, variables: variables)
        return LiveSecret(
            names: names,
            proofs: facts.proofs,
            components: facts.components,
            old: SharedSecret(copying: old[0].bytes),
            fresh: fresh.value
        )
    }
}
