import Testing

@testable import Bundling

/// What becomes of a file that its owner, or its bundle, or both have changed.
@Suite struct FileUpdateTests {
    private func decide(_ existing: String?, base: String?, isBaseKnown: Bool = true, new: String) -> FileUpdate<
        [UInt8]
    > {
        FileUpdate(
            ofText: existing.map { Array($0.utf8) },
            base: base.map { Array($0.utf8) },
            isBaseKnown: isBaseKnown,
            new: Array(new.utf8)
        )
    }

    @Test func whatNobodyHasTouchedFollowsTheBundle() {
        #expect(decide("a\n", base: "a\n", new: "a\n") == .unchanged)
        #expect(decide("a\n", base: "a\n", new: "b\n") == .replace)
        #expect(decide(nil, base: nil, new: "b\n") == .create)
    }

    @Test func whatTheOwnerHasChangedStays() {
        #expect(decide("mine\n", base: "a\n", new: "a\n") == .keep)
        #expect(decide(nil, base: "a\n", new: "a\n") == .keep)
        #expect(decide("b\n", base: "a\n", new: "b\n") == .unchanged)
        #expect(
            decide("1\n2\n3\nmine\n", base: "1\n2\n3\n", new: "new\n2\n3\n") == .merge(Array("new\n2\n3\nmine\n".utf8))
        )
        // The owner has made the bundle's change, and one more.
        #expect(decide("b\n2\n3\n4\nmine\n", base: "a\n2\n3\n4\n", new: "b\n2\n3\n4\n") == .keep)
    }

    @Test func twoWaysAreAConflict() {
        #expect(decide("mine\n", base: "a\n", new: "b\n") == .conflict)
        #expect(decide(nil, base: "a\n", new: "b\n") == .conflict)
        #expect(decide("mine\n", base: nil, new: "b\n") == .conflict)
    }

    @Test func withoutTheBundleBeforeNothingIsKnown() {
        #expect(decide("mine\n", base: nil, isBaseKnown: false, new: "b\n") == .replace)
        #expect(decide("b\n", base: nil, isBaseKnown: false, new: "b\n") == .unchanged)
        #expect(decide(nil, base: nil, isBaseKnown: false, new: "b\n") == .create)
    }
}
