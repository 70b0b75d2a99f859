/// A part of a YAML text and its place, for files in which every field is checked and reported individually.
///
/// A ``Document`` keeps only the scalars; this also represents empty values, duplicate names and aliases.
package struct YAMLNode: Hashable, Sendable {
    /// A name with its value.
    package struct Member: Hashable, Sendable {
        package var name: String
        /// The byte offset of the name.
        package var offset: Int
        package var value: YAMLNode
    }

    /// The content of a node.
    package enum Content: Hashable, Sendable {
        case scalar(String)
        /// A scalar without a value: nothing, `~` or `null`.
        case empty
        case sequence([YAMLNode])
        case mapping([Member])
        /// A reference to another node, which is not resolved.
        case alias
    }

    /// The reason why a text cannot be read.
    package struct ReadingError: Error, Hashable, Sendable {
        package var offset: Int
        /// The problem, in one lower-case sentence.
        package var message: String
    }

    /// The byte offset of the node's first scalar, or of its name if there is none.
    package var offset: Int
    package var content: Content

    /// The members of a mapping; nil for another node.
    package var members: [Member]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The elements of a sequence; nil for another node.
    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The text of a scalar; nil for an empty one or another node.
    package var text: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// Reads the only document of a text; nil if there is none.
    package static func read(_ text: [UInt8]) throws(ReadingError) -> YAMLNode? {
        var builder = YAMLNodeBuilder()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = text.starts(with: mark) ? mark.count : 0
        if let failure = YAMLParser.parse(text, in: start..<text.count, { builder.handle($0) }) {
            throw ReadingError(offset: failure.offset, message: failure.message)
        }
        if let failure = builder.failure { throw failure }
        return builder.root
    }
}

/// Builds nodes from events.
private struct YAMLNodeBuilder {
    private(set) var root: YAMLNode?
    private(set) var failure: YAMLNode.ReadingError?
    private var open: [Container] = []
    private var documents = 0
    /// The offset of the last scalar.
    private var last = 0

    private struct Container {
        let isMapping: Bool
        var offset: Int?
        var elements: [YAMLNode] = []
        var members: [YAMLNode.Member] = []
        var name: (text: String, offset: Int)?
    }

    private static let depthLimit = 32

    /// Handles an event; returns false to stop.
    mutating func handle(_ event: YAMLParser.Event) -> Bool {
        switch event {
        case .documentStart:
            documents += 1
            if documents > 1 { fail("a second document starts here, and one is read") }
        case .mappingStart: start(isMapping: true)
        case .sequenceStart: start(isMapping: false)
        case .mappingEnd, .sequenceEnd: end()
        case .alias: add(YAMLNode(offset: last, content: .alias))
        case .scalar(let scalar): add(scalar)
        }
        return failure == nil
    }

    private mutating func fail(_ message: String) {
        failure = YAMLNode.ReadingError(offset: last, message: message)
    }

    private mutating func start(isMapping: Bool) {
        if open.count == Self.depthLimit { fail("it is nested deeper than \(Self.depthLimit) levels") }
        if let top = open.last, top.isMapping, top.name == nil { fail("a name must be a text, not a list or mapping") }
        open.append(Container(isMapping: isMapping))
    }

    private mutating func end() {
        guard let container = open.popLast() else { return }
        let content: YAMLNode.Content =
            container.isMapping ? .mapping(container.members) : .sequence(container.elements)
        add(YAMLNode(offset: container.offset ?? open.last?.name?.offset ?? last, content: content))
    }

    private mutating func add(_ scalar: YAMLParser.Scalar) {
        last = scalar.range.lowerBound
        let text = String(decoding: scalar.value, as: UTF8.self)
        for index in open.indices where open[index].offset == nil { open[index].offset = last }
        if let top = open.last, top.isMapping, top.name == nil {
            open[open.count - 1].name = (text, last)
            return
        }
        let isEmpty = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(text)
        add(YAMLNode(offset: last, content: isEmpty ? .empty : .scalar(text)))
    }

    private mutating func add(_ node: YAMLNode) {
        guard let top = open.last else {
            root = node
            return
        }
        if top.isMapping, let name = top.name {
            open[open.count - 1].members.append(.init(name: name.text, offset: name.offset, value: node))
            open[open.count - 1].name = nil
        } else if top.isMapping {
            fail("a name must be a text, not an alias")
        } else {
            open[open.count - 1].elements.append(node)
        }
    }
}
