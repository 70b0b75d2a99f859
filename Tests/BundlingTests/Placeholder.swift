import Testing

@Suite struct BundlingTestsPlaceholder {}
