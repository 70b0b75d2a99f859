extension UInt8 {
    /// The lower-case letter of an upper-case ASCII letter, and any other byte as it is.
    var lowered: UInt8 {
        UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") ? self + 32 : self
    }
}
