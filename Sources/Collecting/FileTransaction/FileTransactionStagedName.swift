extension FileTransaction {
    /// The names of staged files.
    enum StagedName {
        private static let prefix = ".scrubjay-"
        private static let digits = Array("0123456789abcdef")
        private static let digitCount = 32

        /// Returns a fresh name.
        static func make(using generator: inout some RandomNumberGenerator) -> String {
            var name = prefix
            for _ in 0..<digitCount { name.append(digits[Int.random(in: 0..<digits.count, using: &generator)]) }
            return name
        }

        /// Whether `name` can be the name of a staged file; nothing else is ever removed.
        static func isValid(_ name: String) -> Bool {
            guard name.hasPrefix(prefix) else { return false }
            let rest = name.dropFirst(prefix.count)
            return rest.count == digitCount && rest.allSatisfy { digits.contains($0) }
        }
    }
}
