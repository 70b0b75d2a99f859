internal import Synchronization

/// The terminal of the process, opened when the first question is asked.
final class LazyTerminal: Sendable {
    private let found = Mutex<TerminalDevice??>(nil)

    var terminal: TerminalDevice? {
        found.withLock { found in
            if let found { return found }
            let device = TerminalDevice.ofThisProcess()
            found = .some(device)
            return device
        }
    }
}
