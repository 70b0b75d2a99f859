/// The syntax tree of a pattern.
indirect enum PatternNode {
    case empty
    case boundary
    case start
    case end
    case set(ByteSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, min: Int, max: Int?)
    case value(PatternNode)
}
