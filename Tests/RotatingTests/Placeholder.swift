import Testing

@Suite struct RotatingTestsPlaceholder {}
