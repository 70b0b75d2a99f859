// The entry points of libFuzzer: it passes one input after another to the harness named in the environment.

internal import Foundation

/// The harness that `SCRUBJAY_FUZZ` names.
private let harness: Harness = {
    let name = ProcessInfo.processInfo.environment["SCRUBJAY_FUZZ"] ?? ""
    guard let harness = Harness.all.first(where: { $0.name == name }) else {
        for harness in Harness.all { print(harness.name) }
        exit(name.isEmpty ? 0 : 64)
    }
    return harness
}()

/// Writes the harness's own seeds to the folder in `SCRUBJAY_FUZZ_SEEDS`, and exits.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    guard let folder = ProcessInfo.processInfo.environment["SCRUBJAY_FUZZ_SEEDS"] else {
        _ = harness
        return 0
    }
    for (number, seed) in harness.seeds.enumerated() {
        let path = "\(folder)/seed-\(number)"
        guard FileManager.default.createFile(atPath: path, contents: Data(seed)) else {
            FileHandle.standardError.write(Data("cannot write \(path)\n".utf8))
            exit(2)
        }
    }
    exit(0)
}

/// Passes an input to the harness.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: count))
    harness.check(bytes)
    return 0
}

/// Ends the process with a message if `condition` is false.
func require(_ condition: Bool, _ message: @autoclosure () -> String, line: UInt = #line) {
    guard !condition else { return }
    fatalError("property violated in line \(line): \(message())")
}
