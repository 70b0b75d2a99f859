/// A part of an HTML page, as a value that escapes itself.
///
/// Elements are a closed set, names of attributes and classes are literals in the source, links lead only to anchors of
/// the same page, and the style sheet is the page's own. Therefore no text of a file can become markup or a URL. A test
/// checks the literals in the source.
indirect enum HTML: Sendable {
    /// Characters that are shown.
    case text(String)
    /// An element.
    case element(Tag, [Attribute], [HTML])
    /// Several parts in sequence.
    case group([HTML])
    /// The style sheet of the page.
    case style(StyleSheet)

    /// The name of an element.
    struct Tag: Sendable {
        let name: StaticString
        /// Whether it has neither contents nor an end tag (HTML, section 13.1.2).
        let isVoid: Bool
        /// Whether a line break after it is invisible.
        let isBlock: Bool

        private init(_ name: StaticString, isVoid: Bool = false, isBlock: Bool = false) {
            self.name = name
            self.isVoid = isVoid
            self.isBlock = isBlock
        }

        static let a = Tag("a")
        static let body = Tag("body", isBlock: true)
        static let caption = Tag("caption", isBlock: true)
        static let code = Tag("code")
        static let dd = Tag("dd", isBlock: true)
        static let del = Tag("del")
        static let desc = Tag("desc")
        static let details = Tag("details", isBlock: true)
        static let div = Tag("div", isBlock: true)
        static let dl = Tag("dl", isBlock: true)
        static let dt = Tag("dt", isBlock: true)
        static let footer = Tag("footer", isBlock: true)
        static let h1 = Tag("h1", isBlock: true)
        static let h2 = Tag("h2", isBlock: true)
        static let h3 = Tag("h3")
        static let head = Tag("head", isBlock: true)
        static let header = Tag("header", isBlock: true)
        static let html = Tag("html", isBlock: true)
        static let ins = Tag("ins")
        static let li = Tag("li", isBlock: true)
        static let main = Tag("main", isBlock: true)
        static let meta = Tag("meta", isVoid: true, isBlock: true)
        static let nav = Tag("nav", isBlock: true)
        static let p = Tag("p", isBlock: true)
        static let path = Tag("path")
        static let pattern = Tag("pattern")
        static let rect = Tag("rect")
        static let section = Tag("section", isBlock: true)
        static let span = Tag("span")
        static let strong = Tag("strong")
        static let summary = Tag("summary", isBlock: true)
        static let svg = Tag("svg")
        static let svgTitle = Tag("title")
        static let table = Tag("table", isBlock: true)
        static let tbody = Tag("tbody", isBlock: true)
        static let td = Tag("td")
        static let th = Tag("th")
        static let thead = Tag("thead", isBlock: true)
        static let title = Tag("title", isBlock: true)
        static let tr = Tag("tr", isBlock: true)
        static let ul = Tag("ul", isBlock: true)

        /// An element of this name.
        func callAsFunction(_ attributes: Attribute..., @HTMLBuilder contents: () -> [HTML]) -> HTML {
            .element(self, attributes, contents())
        }

        /// An element of this name without contents.
        func callAsFunction(_ attributes: Attribute...) -> HTML { .element(self, attributes, []) }
    }

    /// An attribute of an element.
    struct Attribute: Sendable {
        let name: StaticString
        let value: String

        private init(_ name: StaticString, _ value: String) {
            self.name = name
            self.value = value
        }

        static func id(_ anchor: Anchor) -> Attribute { Attribute("id", anchor.text) }
        static func link(to anchor: Anchor) -> Attribute { Attribute("href", "#" + anchor.text) }
        static func `class`(_ name: StaticString) -> Attribute { Attribute("class", "\(name)") }
        static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
        static func labelled(by anchors: Anchor...) -> Attribute {
            Attribute("aria-labelledby", anchors.map(\.text).joined(separator: " "))
        }
        /// An attribute whose value is a literal in the source.
        static func fixed(_ name: StaticString, _ value: StaticString) -> Attribute { Attribute(name, "\(value)") }
        /// A length in a drawing.
        static func measure(_ name: StaticString, _ number: Int) -> Attribute { Attribute(name, String(number)) }
        /// A content security policy that allows only the given style sheet.
        static func policy(allowing style: StyleSheet) -> Attribute {
            Attribute(
                "content",
                "default-src 'none'; style-src 'sha256-\(style.digest)'; base-uri 'none'; form-action 'none'"
            )
        }
        static let isOpen = Attribute("open", "")
        static let isHidden = Attribute("aria-hidden", "true")
        /// Marks a header cell of a column.
        static let ofColumn = Attribute("scope", "col")
        /// Marks a header cell of a row.
        static let ofRow = Attribute("scope", "row")
    }

    /// The target of a link within the page.
    struct Anchor: Sendable {
        let text: String

        /// A unique target.
        init(_ name: StaticString) { text = "\(name)" }

        /// One of many numbered targets.
        init(_ name: StaticString, _ number: Int) { text = "\(name)-\(number)" }
    }
}
