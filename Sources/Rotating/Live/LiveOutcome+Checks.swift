extension LiveOutcome {
    /// Summarises the checks of one secret.
    ///
    /// - Parameters:
    ///   - secret: the secret.
    ///   - checks: the checks.
    ///   - services: the running services.
    ///   - recreated: the recreated services with their problems; nil for no problem.
    ///   - overlap: the end of the time during which a TURN server accepts both values, in seconds since 1970; nil if
    ///     the old value is removed.
    init(
        of secret: LiveSecret,
        checks: [LiveCheck],
        services: [LiveService],
        recreated: [String: String?],
        overlap: Int?
    ) {
        let asked = checks.filter { !$0.isUnknown }
        let concerned = services.filter { secret.components.contains($0.component) }
        let overlap = secret.isOfTURN ? overlap : nil
        let ended = asked.compactMap(\.isEnded)
        self.init(
            names: secret.names,
            recreated: concerned.map(\.name).filter { recreated.keys.contains($0) },
            fresh: asked.isEmpty ? nil : Verdict.unanimous(asked.compactMap(\.fresh)).word,
            old: asked.isEmpty ? nil : Verdict.unanimous(asked.compactMap(\.old)).word,
            sessionsEnded: ended.isEmpty ? nil : ended.allSatisfy { $0 },
            overlapsUntil: overlap,
            notes: Self.notes(on: checks),
            problems: checks.compactMap(\.problem) + concerned.compactMap { recreated[$0.name] ?? nil }
                + asked.flatMap { Self.problems(of: $0, isOverlapping: overlap != nil) }
        )
    }

    private static func notes(on checks: [LiveCheck]) -> [String] {
        guard !checks.isEmpty else {
            return ["it cannot be tested from here: check that its users can log in"]
        }
        return checks.flatMap { check in
            var notes: [String] = []
            if check.isUnknown { notes.append("\(check.title): does not exist, so there was nothing to change") }
            if !check.isUnknown, check.before == .refused {
                notes.append("\(check.title): the old value from the files was already refused before")
            }
            if !check.transports.isEmpty {
                let names = check.transports.map { $0.rawValue.uppercased() }.joined(separator: ", ")
                notes.append("\(check.title): tried over \(names)")
            }
            if check.service.container?.showsTURNSecret == true {
                notes.append(
                    "\(check.service.name) has its secret on its command line, where every process of its machine can read it: "
                        + "put it into turnserver.conf"
                )
            }
            return notes
        }
    }

    private static func problems(of check: LiveCheck, isOverlapping: Bool) -> [String] {
        var problems: [String] = []
        switch check.fresh {
        case .accepted: break
        case .refused: problems.append("\(check.title): the new value is refused")
        case .undecided(let reason): problems.append("\(check.title): the new value could not be tried: \(reason)")
        case nil: problems.append("\(check.title): the new value was not tried")
        }
        switch check.old {
        case .refused: break
        case .accepted where isOverlapping: break
        case .accepted: problems.append("\(check.title): the old value is still accepted")
        case .undecided(let reason): problems.append("\(check.title): the old value could not be tried: \(reason)")
        case nil: problems.append("\(check.title): the old value was not tried")
        }
        if check.isEnded == false { problems.append("\(check.title): a session with the old value is still open") }
        return problems
    }
}
