import Glibc
enum DebugSieve {
    static func note(_ s: String, _ n: Int) {
        guard unsafe getenv("DBG") != nil else { return }
        let t = Array("DBG\t\(n)\t\(s)\n".utf8)
        _ = unsafe t.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }
}
