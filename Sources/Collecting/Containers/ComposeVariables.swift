internal import Documents

/// Gives each variable of each service a name in the `.env`, under which no other value stands.
struct ComposeVariables {
    /// The names that services give different values, or that mean something to Compose or a shell.
    private var disputed: Set<String> = ["COMPOSE_PROJECT_NAME", "CONFIG", "PATH", "HOME", "USER"]
    /// The names that are given, each with its value; those on which all services agree from the start.
    private var values: [String: String] = [:]

    /// Looks on which names all services agree.
    init(_ services: [ContainerService]) {
        for (name, value) in services.flatMap(\.environment) {
            if let known = values[name], known != value { disputed.insert(name) }
            values[name] = value
        }
        for name in disputed { values[name] = nil }
    }

    /// The name under which a value stands in the `.env`: the variable's own where all services agree on it, and otherwise with the
    /// service's name before it.
    ///
    /// - Returns: nil where neither can be its name, so that the value must stand in the compose file itself.
    mutating func name(of name: String, value: String, in service: String) -> String? {
        let prefix = disputed.contains(name) ? service.uppercased() + "_" : ""
        let whole = prefix + name
        guard whole.utf8.allSatisfy(\.isVariableByte), whole.utf8.first?.isDigit == false, !disputed.contains(whole)
        else { return nil }
        // `JVB_PORT` may be the port of the service `jvb`, and a variable of another service, too.
        if let known = values[whole] { return known == value ? whole : nil }
        values[whole] = value
        return whole
    }
}
