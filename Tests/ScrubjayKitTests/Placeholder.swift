import Testing

@Suite struct ScrubjayKitTestsPlaceholder {}
