@testable import Sanitizing

/// The properties of the residue check on any bytes: it ends, and it finds a value that stands behind them.
enum ResidueProperties {
    private static let value = Array("otter-heron-41".utf8)
    private static let check = ResidueCheck(values: [
        ResidueCheck.Value(label: "a value", bytes: value, ignoresCase: false, boundary: .none, isSecret: true)
    ])

    static func check(_ bytes: [UInt8]) {
        let reading = check.reading(path: "a", contents: bytes + [UInt8(ascii: "\n")] + value)
        require(reading.residues.contains { $0.form == "as it is" }, "a value is not found")
        require(reading.byteCount >= bytes.count, "bytes were not counted")
    }
}
