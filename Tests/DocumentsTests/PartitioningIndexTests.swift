import Documents
import Testing

@Suite struct PartitioningIndexTests {
    @Test(arguments: 0..<12) func findsTheFirstOfThoseBehind(count: Int) {
        for first in 0...count { #expect((0..<count).partitioningIndex { $0 >= first } == first) }
        let slice = Array(0..<20)[5..<(5 + count)]
        #expect(slice.partitioningIndex { $0 >= 7 } == min(7, 5 + count))
    }
}
