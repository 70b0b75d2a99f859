package import SystemPackage

extension FilePath {
    /// The folder of the file that the path names; `.` for a bare name.
    package var folder: FilePath {
        let parent = removingLastComponent()
        return parent.isEmpty ? "." : parent
    }
}
