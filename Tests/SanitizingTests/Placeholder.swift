import Testing

@Suite struct SanitizingTestsPlaceholder {}
