import Testing

@Suite struct DetectingTestsPlaceholder {}
