internal import Bundling
internal import Sanitizing
internal import ScrubjayKit
internal import SystemPackage

extension HydrateCommand {
    /// Returns the values from the environment, the file and the command line; later sources override earlier ones.
    func givenValues(for hydration: Hydration, console: Console) throws -> [String: [UInt8]] {
        var given = environment ? values(in: console.environment, for: hydration) : [:]
        // An empty line in the file gives no value; its parameter is listed with the others that are missing.
        if let values { given.merge(try Hydrate.values(inFile: FilePath(values)).filter { !$1.isEmpty }) { $1 } }
        for (name, value) in try parsedSettings() { given[name] = value }
        return given
    }

    /// Returns the values of environment variables named after parameters.
    private func values(in environment: [String: String], for hydration: Hydration) -> [String: [UInt8]] {
        var values: [String: [UInt8]] = [:]
        for parameter in hydration.parameters {
            guard let value = environment["SCRUBJAY_SET_" + parameter.name.uppercased()] else { continue }
            values[parameter.name] = Array(value.utf8)
        }
        return values
    }

    private func parsedSettings() throws -> [(name: String, value: [UInt8])] {
        try settings.map { setting in
            guard let sign = setting.firstIndex(of: "=") else {
                throw KitError(
                    .usage,
                    "--set needs name=value",
                    hint: "give secrets with --values, since other users can see arguments"
                )
            }
            return (String(setting[..<sign]), Array(setting[setting.index(after: sign)...].utf8))
        }
    }

    /// Checks that no value is missing; otherwise names every missing one.
    ///
    /// - Throws: ``KitError`` `incomplete`.
    func requireValues(_ plan: HydrationPlan, of hydration: Hydration, console: Console) throws {
        guard plan.missing.isEmpty else {
            for parameter in plan.missing {
                console.print("\(parameter.name)  (\(HydrateText.purpose(of: parameter, in: hydration)))")
            }
            throw KitError(
                .incomplete,
                "\(Count.of(plan.missing.count, "value is", plural: "values are")) missing; nothing was written",
                hint: "'scrubjay hydrate … --list > values.yml' writes a file to fill in and give as --values"
            )
        }
    }
}
