package import Documents

/// The files in an archive of a deployment, which no rotation changes.
package struct ArchivedFiles: Sendable {
    /// The path of the archive.
    package var path: String
    /// The files in it, those of nested archives included.
    package var documents: [Document]
    /// Whether it could be read to its end.
    package var isComplete: Bool

    /// Describes an archive.
    package init(path: String, documents: [Document], isComplete: Bool) {
        self.path = path
        self.documents = documents
        self.isComplete = isComplete
    }
}
