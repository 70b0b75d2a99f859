/// Combines parts of a page in the order in which they are written.
@resultBuilder enum HTMLBuilder {
    static func buildExpression(_ part: HTML) -> [HTML] { [part] }
    static func buildExpression(_ parts: [HTML]) -> [HTML] { parts }
    static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
    static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap(\.self) }
    static func buildOptional(_ parts: [HTML]?) -> [HTML] { parts ?? [] }
    static func buildEither(first parts: [HTML]) -> [HTML] { parts }
    static func buildEither(second parts: [HTML]) -> [HTML] { parts }
    static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap(\.self) }
}
