import Testing

@Suite struct CollectingTestsPlaceholder {}
