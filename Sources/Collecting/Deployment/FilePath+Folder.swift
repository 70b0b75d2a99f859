package import SystemPackage

extension FilePath {
    /// The folder that the path names something in; `.` for a name alone.
    package var folder: FilePath {
        let parent = removingLastComponent()
        return parent.isEmpty ? "." : parent
    }
}
