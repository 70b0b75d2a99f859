extension UInt8 {
    /// The lower-case letter for an upper-case ASCII letter; any other byte unchanged.
    var lowered: UInt8 {
        UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") ? self + 32 : self
    }
}
