/// A pattern for paths, like a line of a `.gitignore` without `!` (gitignore(5), "PATTERN FORMAT").
///
/// `*` matches any characters other than `/`, `?` one of them, `[a-z]` one of a set, and a component `**` any number of
/// folders. A pattern with a slash before its end is relative to the root; any other matches in every folder. A pattern
/// that ends in a slash matches folders only. Everything in a matching folder matches as well.
public struct PathPattern: Hashable, Sendable {
    /// The reason why a pattern is invalid.
    public struct SyntaxError: Error, Hashable, Sendable {
        /// The problem, in one lower-case sentence.
        public var message: String
    }

    /// The pattern's source.
    public let text: String
    private let components: [Component]
    private let matchesFoldersOnly: Bool

    private enum Component: Hashable, Sendable {
        /// `**`: any number of folders.
        case anyFolders
        case name([Token])
    }

    private enum Token: Hashable, Sendable {
        case anyText
        case anyOne
        case one(Unicode.Scalar)
        case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anyText, .anyOne: true
            case .one(let own): own == scalar
            case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
            }
        }
    }

    /// Parses a pattern.
    ///
    /// - Throws: ``SyntaxError`` for an empty or incomplete pattern, and for one that starts with `!`.
    public init(_ text: String) throws(SyntaxError) {
        guard !text.hasPrefix("!") else {
            throw SyntaxError(
                message: "negated patterns (!…) are not supported; write \\! for a name that starts with !"
            )
        }
        self.text = text
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        matchesFoldersOnly = parts.count > 1 && parts.last == ""
        if matchesFoldersOnly { parts.removeLast() }
        let isRooted = parts.count > 1
        if isRooted && parts.first == "" { parts.removeFirst() }
        guard !parts.contains(""), !parts.isEmpty else {
            throw SyntaxError(message: "the pattern '\(text)' has an empty name")
        }
        var components: [Component] = isRooted ? [] : [.anyFolders]
        for part in parts { components.append(part == "**" ? .anyFolders : .name(try Self.tokens(of: part))) }
        // `a/**` matches the contents of `a`, but not `a` itself.
        if components.last == .anyFolders { components.append(.name([.anyText])) }
        self.components = components
    }

    /// Makes a pattern that matches one file only, or a folder with its contents.
    public init(exactly path: String) {
        text = "/" + path
        components = path.split(separator: "/").map { .name($0.unicodeScalars.map(Token.one)) }
        matchesFoldersOnly = false
    }

    /// Returns the text of a pattern that matches one file only.
    public static func escaped(_ path: String) -> String {
        "/" + path.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// Whether the pattern matches the file, or a folder that contains it.
    public func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/")
        return matchesFolder(names.dropLast()) || !matchesFoldersOnly && matchesWhole(names[...])
    }

    /// Whether the pattern matches the folder, or a folder that contains it.
    public func matches(folder path: String) -> Bool { matchesFolder(path.split(separator: "/")[...]) }

    private func matchesFolder(_ names: ArraySlice<Substring>) -> Bool {
        names.indices.contains { matchesWhole(names[...$0]) }
    }

    private func matchesWhole(_ names: ArraySlice<Substring>) -> Bool {
        Self.matches(components, Array(names), isStar: { $0 == .anyFolders }) { component, name in
            guard case .name(let tokens) = component else { return false }
            return Self.matches(tokens, Array(name.unicodeScalars), isStar: { $0 == .anyText }) { $0.matches($1) }
        }
    }

    /// Matches items one by one, with a star for any number of them, in time at most proportional to the product of
    /// both lengths.
    private static func matches<Pattern, Item>(
        _ pattern: [Pattern],
        _ items: [Item],
        isStar: (Pattern) -> Bool,
        _ isMatch: (Pattern, Item) -> Bool
    ) -> Bool {
        var (place, item) = (0, 0)
        var lastStar: (place: Int, item: Int)?
        while item < items.count {
            if place < pattern.count, isStar(pattern[place]) {
                lastStar = (place, item)
                place += 1
            } else if place < pattern.count, isMatch(pattern[place], items[item]) {
                place += 1
                item += 1
            } else if let star = lastStar {
                // Extends the star by one more item.
                lastStar = (star.place, star.item + 1)
                (place, item) = (star.place + 1, star.item + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy(isStar)
    }

    private static func tokens(of name: Substring) throws(SyntaxError) -> [Token] {
        var tokens: [Token] = []
        var rest = name.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if tokens.last != .anyText { tokens.append(.anyText) }
            case "?": tokens.append(.anyOne)
            case "[": tokens.append(try set(from: &rest))
            case "\\":
                guard let escaped = rest.popFirst() else {
                    throw SyntaxError(message: "there is nothing after the \\ at the end of '\(name)'")
                }
                tokens.append(.one(escaped))
            default: tokens.append(.one(scalar))
            }
        }
        return tokens
    }

    private static func set(from rest: inout Substring.UnicodeScalarView) throws(SyntaxError) -> Token {
        let isNegated = rest.first == "!" || rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        func next() throws(SyntaxError) -> Unicode.Scalar {
            let scalar = rest.popFirst()
            guard let scalar = scalar == "\\" ? rest.popFirst() : scalar else {
                throw SyntaxError(message: "a set of characters is not closed by ]")
            }
            return scalar
        }
        // A closing bracket at the start belongs to the set.
        while ranges.isEmpty || rest.first != "]" {
            let first = try next()
            var last = first
            if rest.first == "-", rest.dropFirst().first != "]" {
                rest.removeFirst()
                last = try next()
            }
            guard first <= last else {
                throw SyntaxError(message: "a set of characters has a reversed range")
            }
            ranges.append(first...last)
        }
        rest.removeFirst()
        return .oneOf(ranges, isNegated: isNegated)
    }
}
