internal import Glibc

/// The terminal at which a person can be asked, even if the standard streams lead elsewhere.
///
/// Like ssh and age, it asks at the terminal that the process was started from. A password can therefore be typed while
/// a loop reads standard input or the notices go to a file.
public struct TerminalDevice: Sendable {
    /// The descriptor that is read.
    let input: Int32
    /// The descriptor that questions are written to.
    let output: Int32

    /// Finds the terminal: the standard input with the standard error, or else the controlling terminal.
    ///
    /// It is nil if there is none, or if the process is in the background, where reading would stop it.
    static func ofThisProcess() -> TerminalDevice? {
        if isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 {
            return TerminalDevice(input: STDIN_FILENO, output: STDERR_FILENO)
        }
        let descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard tcgetpgrp(descriptor) == getpgrp() else {
            close(descriptor)
            return nil
        }
        return TerminalDevice(input: descriptor, output: descriptor)
    }

    /// Reads a typed line without its end; nil at the end of the input.
    func readLine() -> String? {
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = unsafe read(input, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
