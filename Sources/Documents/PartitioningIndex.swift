extension RandomAccessCollection {
    /// Returns the index of the first element that satisfies the condition; the end if there is none.
    ///
    /// All elements after that one must satisfy the condition, too.
    ///
    /// Takes time logarithmic in the number of elements, as in swift-algorithms.
    @inlinable
    package func partitioningIndex(where isBehind: (Element) -> Bool) -> Index {
        var (low, rest) = (startIndex, count)
        while rest > 0 {
            let half = rest / 2
            let middle = index(low, offsetBy: half)
            if isBehind(self[middle]) {
                rest = half
            } else {
                low = index(after: middle)
                rest -= half + 1
            }
        }
        return low
    }
}
