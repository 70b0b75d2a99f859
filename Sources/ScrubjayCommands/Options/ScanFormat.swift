internal import ArgumentParser

/// The format of findings.
enum ScanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, sarif
}
