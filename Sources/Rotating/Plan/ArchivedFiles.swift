package import Documents

/// The files in an archive of a deployment, which no rotation changes.
package struct ArchivedFiles: Sendable {
    /// The path of the archive.
    package var path: String
    /// The files in it, including those of nested archives.
    package var documents: [Document]
    /// Whether the archive could be read completely.
    package var isComplete: Bool

    /// Describes an archive.
    package init(path: String, documents: [Document], isComplete: Bool) {
        self.path = path
        self.documents = documents
        self.isComplete = isComplete
    }
}
