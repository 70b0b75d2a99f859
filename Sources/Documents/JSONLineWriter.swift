/// Writes JSON objects member by member, one per line, with the same bytes as ``JSONValue/serialized(_:)`` but without
/// creating a value first.
///
/// A scan of a large tree writes half a million of them.
package struct JSONLineWriter {
    /// The bytes written so far.
    package private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// Makes a writer with an initial capacity in bytes.
    package init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Begins an object.
    package mutating func begin() {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
    }

    /// Writes a member whose value is a string.
    package mutating func member(_ name: String, _ value: String) {
        write(name: name)
        JSONValue.write(string: value, to: &bytes)
    }

    /// Writes a member whose value is a number.
    package mutating func member(_ name: String, _ value: Int) {
        write(name: name)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Ends the object and its line.
    package mutating func end() {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func write(name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        JSONValue.write(string: name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
}
