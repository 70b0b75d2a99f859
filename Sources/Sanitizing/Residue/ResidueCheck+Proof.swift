extension ResidueCheck {
    /// A value that is left.
    public struct Residue: Hashable, Sendable {
        /// The path of the file.
        public var path: String
        /// The 1-based line; 0 if it is in the path itself or in a form that spans lines.
        public var line: Int
        /// The index of the value in the checked list.
        public var value: Int
        /// The name of the value for messages.
        public var label: String
        /// The form of the value at this place.
        public var form: String
    }

    /// The result for one file.
    public struct Reading: Sendable {
        /// The path of the file.
        public var path: String
        /// The values that are left in it.
        public var residues: [Residue] = []
        /// The number of bytes of its path and its contents.
        public var byteCount: Int
        /// The number of unpacked bytes if it is an archive.
        public var archivedByteCount = 0
        /// Why a part of it could not be checked; nil if nothing was skipped.
        public var gap: String?
    }

    /// The scope and the result of a check.
    public struct Proof: Hashable, Sendable {
        /// The number of values searched for.
        public var values: Int
        /// The number of their forms.
        public var forms: Int
        /// The number of files searched.
        public var files: Int
        /// The number of bytes of contents and paths.
        public var bytes: Int
        /// The number of values left.
        public var left: Int

        /// Makes a proof; by default an empty one.
        public init(values: Int = 0, forms: Int = 0, files: Int = 0, bytes: Int = 0, left: Int = 0) {
            self.values = values
            self.forms = forms
            self.files = files
            self.bytes = bytes
            self.left = left
        }

        /// Adds the result for a file.
        public mutating func add(_ reading: Reading) {
            files += 1
            bytes += reading.byteCount
            left += reading.residues.count
        }
    }
}
