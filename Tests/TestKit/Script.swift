import Foundation

/// A script that a test puts in the place of a program.
public enum Script {
    /// Writes a script of bash, with the folders that lead to it, that can be started at once.
    ///
    /// Another process writes it. What a test starts meanwhile would inherit the file that this one has open, and the
    /// system starts no file that somebody has open for writing (`ETXTBSY`).
    ///
    /// - Throws: what the system says, or the status of the process.
    public static func write(_ text: String, to path: String) throws {
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "mkdir -p \"$(dirname \"$1\")\" && cat > \"$1\" && chmod 755 \"$1\"", "sh", path]
        let pipe = Pipe()
        writer.standardInput = pipe
        try writer.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data("#!/bin/bash\n\(text)\n".utf8))
        try pipe.fileHandleForWriting.close()
        writer.waitUntilExit()
        guard writer.terminationStatus == 0 else { throw Failure(status: writer.terminationStatus) }
    }

    /// The status with which the process ended that should have written the script.
    struct Failure: Error { let status: Int32 }
}
