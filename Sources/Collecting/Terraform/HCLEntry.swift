/// An entry of a map.
struct HCLEntry: Hashable, Sendable {
    var name: String
    var value: HCLExpression
}
