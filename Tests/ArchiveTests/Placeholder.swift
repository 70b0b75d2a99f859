import Testing

@Suite struct ArchiveTestsPlaceholder {}
