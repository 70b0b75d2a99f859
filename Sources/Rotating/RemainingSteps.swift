internal import Collecting
internal import Documents

/// Determines the steps that remain outside the files: accounts, containers, other parties.
struct RemainingSteps {
    private let catalogue: Catalogue
    private let accounts: [ProsodyAccount]
    private let changed: Set<String>
    private let variables: DeploymentVariables
    private let era: DeploymentEra

    /// Reads from a deployment what the steps depend on: accounts and domains.
    init(
        documents: [Document],
        variables: DeploymentVariables,
        era: DeploymentEra,
        catalogue: Catalogue,
        changed: Set<String>
    ) {
        self.catalogue = catalogue
        self.changed = changed
        accounts = documents.compactMap { ProsodyAccount(path: $0.path) }
        self.variables = variables
        self.era = era
    }

    /// Returns the steps, in order.
    func steps(for secrets: [RotationPlan.Secret]) -> [RemainingStep] {
        guard !secrets.isEmpty else { return [] }
        let settings = secrets.flatMap(\.settings)
        return [
            elsewhere(settings),
            accounts(settings),
            recreation(settings),
            overlap(settings),
            RemainingStep(
                "Check that every component logged in with its fresh secret; one that logs not-authorized has the old one.",
                commands: ["docker compose logs --since 5m"]
            ),
        ].compactMap { $0 }
    }

    // MARK: - Other people's sides

    private func elsewhere(_ settings: [Catalogue.Setting]) -> RemainingStep? {
        let shared = settings.filter { $0.owner != nil }
        guard !shared.isEmpty else { return nil }
        let sides = shared.map { setting in
            "\(setting.name), at \(setting.owner ?? ""): \(setting.step ?? "")"
        }
        return RemainingStep("Tell the other sides first. \(sides.joined(separator: ". ")).")
    }

    private func overlap(_ settings: [Catalogue.Setting]) -> RemainingStep? {
        guard settings.contains(where: { $0.order.first == "coturn" }) else { return nil }
        return RemainingStep(
            "When TURN_TTL is over (a day, unless it is set), remove the old secret from the TURN server, if it still "
                + "accepts both."
        )
    }

    // MARK: - Accounts

    private func accounts(_ settings: [Catalogue.Setting]) -> RemainingStep? {
        let regime = era.regime
        guard regime?.setsAccountsAtEachStart != true else { return nil }
        var addresses: [String] = []
        for setting in settings {
            for address in self.addresses(of: setting) where !addresses.contains(address) { addresses.append(address) }
        }
        guard !addresses.isEmpty else { return nil }
        let why =
            switch regime {
            case let regime?: "The release is \(era): \(regime.meaning)"
            case nil:
                "The release is \(era). "
                    + catalogue.regimes.map { "\($0.releases): \($0.meaning)" }.joined(separator: " ")
            }
        let text =
            "Set the fresh passwords of these accounts in Prosody before its container is recreated. \(why) Each command asks "
            + "for the password twice, so that it is on no command line; it is the one in the .env file."
            + store(of: addresses)
        return RemainingStep(text, commands: addresses.map { command("passwd \($0)") })
    }

    /// Returns the accounts whose password is a setting, except those whose file holds it in plain text and was
    /// therefore changed already.
    private func addresses(of setting: Catalogue.Setting) -> [String] {
        guard let template = setting.account else { return [] }
        let address = variables.resolved(template)
        let user = address.prefix { $0 != "@" }
        let existing = accounts.filter { $0.user == user }
        guard !existing.isEmpty else { return [address] }
        return existing.filter { !changed.contains($0.path) }.map(\.address)
    }

    /// Returns the folder of the accounts' files, if the layout is known.
    private func store(of addresses: [String]) -> String {
        guard let layout = era.layout else { return "" }
        var folders: [String] = []
        for address in addresses {
            let folder = layout.accountFolder(of: String(address.drop { $0 != "@" }.dropFirst()))
            if !folders.contains(folder) { folders.append(folder) }
        }
        return " Prosody keeps them in \(folders.joined(separator: " and ")), in the folder that CONFIG names."
    }

    private func command(_ arguments: String) -> String {
        "docker compose exec prosody prosodyctl --config \(configurationPath) \(arguments)"
    }

    /// The path of the configuration in the container; if the layout is unknown, the path that was used for the longest
    /// time.
    private var configurationPath: String {
        era.layouts.last?.configuration ?? catalogue.layouts.first?.configuration ?? "/etc/prosody/prosody.cfg.lua"
    }

    // MARK: - Containers

    private func recreation(_ settings: [Catalogue.Setting]) -> RemainingStep {
        let order = components(settings)
        return RemainingStep(
            "Recreate the containers, in this order: \(order.joined(separator: ", ")). `up -d` does so on one machine; "
                + "`restart` does not, since a container keeps the environment it was created with. With several machines, do "
                + "one after the other, and recreate machines that get their containers from a template."
                + (order.contains("prosody")
                    ? " Recreating Prosody ends every session that logged in with an old password, and all running meetings."
                    : ""),
            commands: ["docker compose up -d"]
        )
    }

    /// Returns the components that take a new value, in order of recreation.
    private func components(_ settings: [Catalogue.Setting]) -> [String] {
        let concerned = Set(settings.flatMap(\.order))
        return catalogue.order.filter(concerned.contains)
    }
}
