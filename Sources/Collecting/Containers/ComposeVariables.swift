internal import Documents

/// Gives each variable of each service a name in the `.env` file, such that no name has two values.
struct ComposeVariables {
    /// The names with different values in different services, and those with a meaning for Compose or a shell.
    private var disputed: Set<String> = ["COMPOSE_PROJECT_NAME", "CONFIG", "PATH", "HOME", "USER"]
    /// The names that are in use, each with its value; at first those on which all services agree.
    private var values: [String: String] = [:]

    /// Determines the names on which all services agree.
    init(_ services: [ContainerService]) {
        for (name, value) in services.flatMap(\.environment) {
            if let known = values[name], known != value { disputed.insert(name) }
            values[name] = value
        }
        for name in disputed { values[name] = nil }
    }

    /// Returns the name of a value in the `.env` file: the variable's own name if all services agree on it, otherwise
    /// the service's name followed by the variable's.
    ///
    /// - Returns: the name; nil if neither can be used, so that the value must be written in the compose file itself.
    mutating func name(of name: String, value: String, in service: String) -> String? {
        let prefix = disputed.contains(name) ? service.uppercased() + "_" : ""
        let whole = prefix + name
        guard whole.utf8.allSatisfy(\.isVariableByte), whole.utf8.first?.isDigit == false, !disputed.contains(whole)
        else { return nil }
        // `JVB_PORT` may stand for `PORT` of the service `jvb`, and also be a variable of another service.
        if let known = values[whole] { return known == value ? whole : nil }
        values[whole] = value
        return whole
    }
}
