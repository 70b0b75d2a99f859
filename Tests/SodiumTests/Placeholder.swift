import Testing

@Suite struct SodiumTestsPlaceholder {}
