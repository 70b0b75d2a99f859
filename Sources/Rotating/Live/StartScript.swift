internal import Collecting

/// The effect of a container's start scripts on accounts.
struct StartScript {
    /// The call that the scripts make.
    enum Call {
        /// `prosodyctl shell user create`: existing accounts stay.
        case creates
        /// `prosodyctl register`, only if there is no configuration yet.
        case registersOnce
        /// `prosodyctl register`, always.
        case registers
        /// Neither.
        case unknown
    }

    let call: Call

    /// The folders of start scripts in s6 and the images.
    private static let folders = ["/etc/cont-init.d", "/etc/s6-overlay", "/etc/services.d"]

    /// Reads the scripts of a container.
    init(of container: Container, engine: ContainerEngine) throws(ProcessError) {
        let script =
            "cat \"$@\" 2>/dev/null; for d in \(Self.folders.joined(separator: " ")); do "
            + "[ -d $d ] && find $d -type f -size -256k -exec cat {} + ; done; exit 0"
        let text = try engine.output(in: container, of: ["sh", "-c", script, "sh"] + container.scripts) ?? []
        self.init(text: String(decoding: text, as: UTF8.self))
    }

    /// Parses the scripts.
    init(text: String) {
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
            .filter { !$0.hasPrefix("#") }
        if lines.contains(where: { $0.contains("shell user create") || $0.contains("user:create") }) {
            call = .creates
        } else if let place = lines.firstIndex(where: { $0.contains("prosodyctl") && $0.contains(" register ") }) {
            // The condition in the oldest images: if [[ ! -f /config/prosody.cfg.lua ]]; then … fi
            let open = lines[..<place].lastIndex {
                $0.hasPrefix("if ") && $0.contains("! -f") && $0.contains("prosody")
            }
            let isClosed = open.map { lines[$0..<place].contains { $0 == "fi" || $0.hasPrefix("fi ") } } ?? true
            call = isClosed ? .registers : .registersOnce
        } else {
            call = .unknown
        }
    }

    /// The evidence, as shown to the user.
    var evidence: String {
        switch call {
        case .creates: "its start script, which calls 'shell user create'"
        case .registersOnce: "its start script, which calls 'register' if there is no configuration yet"
        case .registers: "its start script, which calls 'register' at each start"
        case .unknown: "its start script, which is unknown"
        }
    }

    /// Returns the regime that the scripts show; nil if they do not.
    func regime(in catalogue: Catalogue) -> Catalogue.Regime? {
        switch call {
        case .unknown: nil
        case .registers: catalogue.regimes.first(where: \.setsAccountsAtEachStart)
        case .registersOnce: catalogue.regimes.first { !$0.setsAccountsAtEachStart }
        case .creates: catalogue.regimes.last { !$0.setsAccountsAtEachStart }
        }
    }
}
