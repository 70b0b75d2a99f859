import Glibc

/// A folder of the checkout that tests read.
public enum Folder {
    /// The paths of all regular files below `folder`, relative to it and in byte order; empty where there is no folder.
    public static func files(below folder: String) -> [String] {
        var files: [String] = []
        var pending = [""]
        while let relative = pending.popLast() {
            guard let handle = opendir("\(folder)/\(relative)") else { continue }
            defer { closedir(handle) }
            while let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != "..", name != ".git" else { continue }
                let path = relative.isEmpty ? name : "\(relative)/\(name)"
                switch Int(entry.pointee.d_type) {
                case Int(DT_DIR): pending.append(path)
                case Int(DT_REG): files.append(path)
                default: break
                }
            }
        }
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The bytes of a file; nil where it cannot be read.
    public static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
