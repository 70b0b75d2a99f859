extension ParameterFile {
    /// The bytes of the file with zeros in place of its positions, for whoever looks for values in them.
    ///
    /// A position is where something stands and nobody's secret, but a PIN may be the same number.
    package static func withoutPositions(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for key in ["\"start\": ", "\"end\": "].map({ Array($0.utf8) }) {
            var index = 0
            while let place = bytes[index...].firstRange(of: key) {
                index = place.upperBound
                while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
                    bytes[index] = UInt8(ascii: "0")
                    index += 1
                }
            }
        }
        return bytes
    }
}
