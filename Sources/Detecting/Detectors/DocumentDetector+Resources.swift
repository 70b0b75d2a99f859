internal import Documents

// Reads the names that Terraform gives to the resources of a cloud.
extension DocumentDetector {
    /// Notes the resource whose block begins with `resource "` before `offset`.
    mutating func noteResource(endingAt offset: Int, layer number: Int) {
        let text = document.layers[number].text
        let block = text[offset...].prefix(Self.longestBlock)
        let end = block.firstRange(of: Self.endOfBlock)?.lowerBound ?? block.endIndex
        var lines = block[..<end].split(separator: UInt8(ascii: "\n"))
        guard !lines.isEmpty else { return }
        let titles = lines.removeFirst().split(separator: UInt8(ascii: "\""))
        guard titles.count > 2, titles[0].allSatisfy(Self.nameBytes.contains) else { return }
        let address = String(decoding: titles[0] + [UInt8(ascii: ".")] + titles[2], as: UTF8.self)
        let isUnique = titles[0].firstRange(of: Self.bucket) != nil
        for line in lines {
            let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard parts.count == 2, let name = Self.literal(in: parts[1]) else { continue }
            let key = String(decoding: parts[0].filter { !ByteSet.blank.contains($0) }, as: UTF8.self)
            guard Self.naming.contains(key) else { continue }
            detection.mentions.resources.insert(NamedResource(address: address, name: name, isUnique: isUnique))
            return
        }
    }

    /// Returns the text of a string that is the name of a resource; nil for other values.
    private static func literal(in value: ArraySlice<UInt8>) -> String? {
        let text = value.drop(while: ByteSet.blank.contains)
        guard text.first == UInt8(ascii: "\"") else { return nil }
        let name = text.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        guard (4...longestName).contains(name.count), name.allSatisfy(ByteSet.hostName.contains) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    private static let (longestBlock, longestName) = (2048, 63)
    private static let endOfBlock = Array("\n}".utf8)
    private static let bucket = Array("bucket".utf8)
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("-_"))
    /// The arguments by which resources are named.
    private static let naming: Set<String> = [
        "account_id", "bucket", "cluster_id", "cluster_identifier", "cluster_name", "dataset_id", "db_name", "family",
        "function_name", "identifier", "instance_id", "label", "name", "queue_name", "repository_id", "secret_id",
        "service_name", "table_name", "topic",
    ]
}
