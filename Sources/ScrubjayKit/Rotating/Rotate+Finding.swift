internal import Collecting
internal import Documents
internal import Rotating
internal import Sodium
internal import SystemPackage

extension Rotate {
    /// Finds the running services of the deployment.
    func find(
        _ live: LiveOptions,
        documents: [Document],
        catalogue: Catalogue
    ) throws -> LiveDeployment {
        let folder = try PrivateFile.resolved(root)
        let ports = TURNPorts(in: documents)
        let programs = Programs(environment: live.environment, pace: live.pace)
        if let machine = live.machine {
            return try .machine(
                machine,
                folder: folder,
                paths: documents.map(\.path),
                turnPorts: ports,
                programs: programs
            )
        }
        let engine = ContainerEngine(program: live.engine, programs: programs)
        return try .containers(
            of: engine,
            folder: folder,
            project: live.project,
            turnPorts: ports,
            catalogue: catalogue
        )
    }

    /// Opens the sealed old values of the last rotation.
    func sealedRotation() throws -> SealedRotation {
        guard let seal else { throw KitError(.keyRequired, "a key is needed to open \(SealedRotation.name)") }
        guard let sealed = try seal.read(in: root) else {
            throw LiveError(.nothingPending, "there is no sealed rotation in this deployment")
        }
        return sealed
    }

    /// What is needed to continue or undo an earlier rotation.
    struct Loaded {
        /// The running services.
        var deployment: LiveDeployment
        /// The secrets of the rotation, with the ways to prove each of them.
        var secrets: [LiveSecret]
        /// The variables in the files and of the services.
        var variables: DeploymentVariables
    }

    /// Returns the running services, and the secrets of a rotation with the ways to prove each of them.
    func load(_ sealed: SealedRotation, live: LiveOptions) throws -> Loaded {
        let catalogue = try Catalogue.known()
        let documents = try documents()
        let deployment = try find(live, documents: documents, catalogue: catalogue)
        let variables = DeploymentVariables(in: documents, catalogue: catalogue).completed(by: deployment.variables)
        let secrets = sealed.secrets.map { secret in
            let facts = LiveSecret.facts(of: secret.names, catalogue: catalogue, variables: variables)
            return LiveSecret(
                names: secret.names,
                proofs: facts.proofs,
                components: facts.components,
                old: secret.old,
                fresh: secret.fresh
            )
        }
        return Loaded(deployment: deployment, secrets: secrets, variables: variables)
    }
}
