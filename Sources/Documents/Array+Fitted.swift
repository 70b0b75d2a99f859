extension Array {
    /// A copy without room for more elements; an array that has grown takes up to twice the memory it needs.
    package var fitted: [Element] {
        // An array made of a slice of everything would share its memory.
        map { $0 }
    }
}
