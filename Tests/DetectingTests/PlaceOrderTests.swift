import Documents
import Testing

@testable import Detecting

/// Which of several overlapping values stay.
@Suite struct PlaceOrderTests {
    private static func value(_ number: Int, _ spans: [Span], kind: Kind = .password) -> LocatedValue {
        let steps = spans.enumerated().map { Location.Step($1, $0 + 1 < spans.count ? [.base64] : []) }
        return LocatedValue(
            value: number,
            location: Location(steps),
            rule: "test",
            confidence: .high,
            keyPath: [],
            isDirect: true,
            kind: kind
        )
    }

    private static let text = Span(10, 90)

    @Test func ordersTheValuesOfAnOpaqueText() {
        let first = Self.value(0, [Self.text, Span(0, 5)])
        let second = Self.value(1, [Self.text, Span(5, 9)])
        let order = PlaceOrder([second, first])
        #expect(PlaceOrder.compare(first, second) == true)
        #expect(PlaceOrder.compare(second, first) == false)
        #expect(PlaceOrder.compare(first, first) == nil)
        #expect(order.isPast(first, second) && !order.isPast(second, first))
        #expect(order.isBeyond(second, first) && !order.isBeyond(first, second))
        // Of what crosses the opaque text it is not known what follows.
        let crossing = Self.value(2, [Span(50, 95)])
        let mixed = PlaceOrder([second, crossing, first])
        #expect(!mixed.isPast(first, second) && !mixed.isBeyond(second, first))
        #expect(!mixed.isPast(first, crossing))
    }

    @Test func aWholeTextIsBeforeItsParts() {
        let whole = Self.value(0, [Self.text])
        let part = Self.value(1, [Self.text, Span(0, 5)])
        #expect(PlaceOrder.compare(whole, part) == true)
        #expect(!PlaceOrder([whole, part]).isPast(whole, part))
    }

    @Test func whatOverlapsIsResolved() {
        let inner = Self.value(0, [Self.text, Span(2, 4)])
        let outer = Self.value(1, [Self.text, Span(0, 8)])
        let same = Self.value(2, [Self.text, Span(20, 30)], kind: .email)
        let better = Self.value(3, [Self.text, Span(20, 30)])
        let apart = Self.value(4, [Self.text, Span(40, 44)])
        let crossing = Self.value(5, [Self.text, Span(42, 50)])
        let all = [inner, outer, same, better, apart, crossing]
        for items in [all, all.reversed()] {
            #expect(OverlapResolver.resolve(items).map(\.value) == [1, 3, 4])
        }
        // A value in the file that crosses an opaque text is compared with all that are in the text.
        let across = Self.value(6, [Span(80, 120)])
        #expect(OverlapResolver.resolve(all + [across]).map(\.value) == [1, 3, 4])
        let file = [Self.value(7, [Span(0, 9)]), Self.value(8, [Span(100, 110)])]
        #expect(OverlapResolver.resolve(all + file).map(\.value) == [7, 1, 3, 4, 8])
    }
}
