// In which value of its text an encoded text stands.
extension EncodedRuns {
    /// The innermost of `values` that contains a range, as far as it starts within the last few values before it.
    static func innermost(around range: Range<Int>, of values: [AddressedValue]) -> AddressedValue? {
        let next = values.partitioningIndex { $0.span.start > range.lowerBound }
        let span = Span(range.lowerBound, range.upperBound)
        return values[..<next].suffix(16).filter { $0.span.contains(span) }.min { $0.span.count < $1.span.count }
    }

    /// The outermost of `values` that contains a range; `outermost` are the indices of those that no other contains.
    static func value(around range: Range<Int>, of values: [AddressedValue], _ outermost: [Int]) -> AddressedValue? {
        let next = outermost.partitioningIndex { values[$0].span.start > range.lowerBound }
        let span = Span(range.lowerBound, range.upperBound)
        // An empty value may begin where the value before it ends.
        let place = outermost[..<next].suffix(2).last { values[$0].span.contains(span) }
        return place.map { values[$0] }
    }
}
