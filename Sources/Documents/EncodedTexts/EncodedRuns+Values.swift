// In which value of its text an encoded text stands.
extension EncodedRuns {
    /// The innermost of `values` that contains a range, as far as it starts within the last few values before it.
    static func innermost(around range: Range<Int>, of values: [AddressedValue]) -> AddressedValue? {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle].span.start <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        let span = Span(range.lowerBound, range.upperBound)
        return values[..<low].suffix(16).filter { $0.span.contains(span) }.min { $0.span.count < $1.span.count }
    }

    /// The outermost of `values` that contains a range.
    static func value(around range: Range<Int>, of values: [AddressedValue], _ outermost: [Int]) -> AddressedValue? {
        var low = 0
        var high = outermost.count
        while low < high {
            let middle = (low + high) / 2
            if values[outermost[middle]].span.start <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        let span = Span(range.lowerBound, range.upperBound)
        // An empty value may begin where the value before it ends.
        for place in outermost[..<low].suffix(2).reversed() where values[place].span.contains(span) {
            return values[place]
        }
        return nil
    }
}
