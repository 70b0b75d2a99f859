import Foundation
import TestKit

/// Reads what `/proc` shows of every process while something runs.
final class ProcessWatch: @unchecked Sendable {
    private let lock = NSLock()
    private var isStopped = false
    private var texts: Set<String> = []
    private var limitsByCommand: [String: String] = [:]
    private let done = DispatchSemaphore(value: 0)

    init() {
        let known = Set(Self.processes())
        Thread.detachNewThread { [self] in
            while !lock.withLock({ isStopped }) {
                for process in Self.processes() where !known.contains(process) {
                    let command = Self.text(of: "cmdline", process)
                    texts.formUnion([command, Self.text(of: "environ", process)])
                    // What a process is that has not run its program yet, or has ended, is not known.
                    guard command != "", Self.text(of: "cmdline", process) == command else { continue }
                    limitsByCommand[command] = Self.text(of: "limits", process)
                }
                usleep(500)
            }
            done.signal()
        }
    }

    /// What stood in arguments and environments.
    func stop() -> Set<String> {
        lock.withLock { isStopped = true }
        done.wait()
        return texts
    }

    /// The limits of the processes with such arguments; asked for after ``stop()``.
    func limits(where isMeant: (String) -> Bool) -> [String] {
        limitsByCommand.filter { isMeant($0.key) && !$0.value.isEmpty }.map(\.value)
    }

    private static func text(of file: String, _ process: String) -> String {
        // Not by Foundation, which takes the first 4 KiB of such a file for the whole.
        let bytes = Folder.contents(of: "/proc/\(process)/\(file)") ?? []
        return String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
    }

    private static func processes() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { $0.allSatisfy(\.isNumber) }
    }
}
