// Finds the value that contains an encoded text.
extension EncodedRuns {
    /// Returns the innermost of `values` that contains a range, if it is among the last few that start before it.
    static func innermost(around range: Range<Int>, of values: [AddressedValue]) -> AddressedValue? {
        let next = values.partitioningIndex { $0.span.start > range.lowerBound }
        let span = Span(range.lowerBound, range.upperBound)
        return values[..<next].suffix(16).filter { $0.span.contains(span) }.min { $0.span.count < $1.span.count }
    }

    /// Returns the outermost of `values` that contains a range; `outermost` are the indices of the values that no other
    /// value contains.
    static func value(around range: Range<Int>, of values: [AddressedValue], _ outermost: [Int]) -> AddressedValue? {
        let next = outermost.partitioningIndex { values[$0].span.start > range.lowerBound }
        let span = Span(range.lowerBound, range.upperBound)
        // An empty value may begin where the preceding value ends.
        let place = outermost[..<next].suffix(2).last { values[$0].span.contains(span) }
        return place.map { values[$0] }
    }
}
