internal import CYAML

/// The events of a YAML stream, from libyaml.
///
/// Only this file uses the C library. Positions are byte offsets in the given text.
enum YAMLParser {
    /// A part of a YAML stream.
    enum Event {
        case documentStart
        case mappingStart(isFlow: Bool)
        case mappingEnd
        case sequenceStart(isFlow: Bool)
        case sequenceEnd
        case alias(of: [UInt8])
        case scalar(Scalar)
    }

    /// A scalar with its place.
    struct Scalar {
        enum Style { case plain, singleQuoted, doubleQuoted, literal, folded }

        var style: Style
        /// The bytes from its first character or indicator to its last, including quotes.
        var range: Range<Int>
        /// The decoded value.
        var value: [UInt8]
        /// The name by which an alias repeats the scalar; nil if it has none.
        var anchor: [UInt8]?
    }

    /// Delivers each event of the stream in `range` to `handle`, until that returns false.
    ///
    /// - Parameters:
    ///   - text: The bytes; UTF-8, without a byte order mark in `range`.
    ///   - range: The part of `text` that is the stream.
    ///   - handle: Receives the events in order.
    /// - Returns: The place and the reason why the parser stopped; nil if it reached the end or was stopped by
    ///   `handle`.
    static func parse(_ text: [UInt8], in range: Range<Int>, _ handle: (Event) -> Bool) -> ReadingFailure? {
        var parser = unsafe yaml_parser_t()
        guard unsafe yaml_parser_initialize(&parser) == 1 else {
            return ReadingFailure(offset: range.lowerBound, message: "there is not enough memory for a YAML parser")
        }
        defer { unsafe yaml_parser_delete(&parser) }
        unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        return unsafe text[range].withUnsafeBufferPointer { buffer in
            unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            var places = CharacterPlaces(text, startingAt: range.lowerBound)
            while true {
                var event = unsafe yaml_event_t()
                guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
                    return unsafe ReadingFailure(
                        offset: places.byteOffset(ofCharacter: Int(parser.problem_mark.index)),
                        message: parser.problem.map { unsafe String(cString: $0) } ?? "it is not YAML"
                    )
                }
                defer { unsafe yaml_event_delete(&event) }
                guard unsafe event.type != YAML_STREAM_END_EVENT else { return nil }
                if let event = unsafe convert(event, &places), !handle(event) { return nil }
            }
        }
    }

    private static func convert(_ event: yaml_event_t, _ places: inout CharacterPlaces) -> Event? {
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_MAPPING_START_EVENT:
            unsafe .mappingStart(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_SEQUENCE_START_EVENT:
            unsafe .sequenceStart(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_ALIAS_EVENT: unsafe .alias(of: name(event.data.alias.anchor) ?? [])
        case YAML_SCALAR_EVENT: unsafe .scalar(scalar(event, &places))
        default: nil
        }
    }

    private static func scalar(_ event: yaml_event_t, _ places: inout CharacterPlaces) -> Scalar {
        let start = unsafe places.byteOffset(ofCharacter: Int(event.start_mark.index))
        let end = unsafe places.byteOffset(ofCharacter: Int(event.end_mark.index))
        let style: Scalar.Style =
            switch unsafe event.data.scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        let value = unsafe UnsafeBufferPointer(start: event.data.scalar.value, count: Int(event.data.scalar.length))
        let anchor = unsafe name(event.data.scalar.anchor)
        return Scalar(style: style, range: start..<max(start, end), value: unsafe Array(value), anchor: anchor)
    }

    /// The bytes of an anchor's name; nil if there is none.
    private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8]? {
        guard let text = unsafe text else { return nil }
        var bytes: [UInt8] = []
        while let byte = unsafe Optional(text[bytes.count]), byte != 0 { bytes.append(byte) }
        return bytes
    }

    /// Converts libyaml's positions, which count characters, to byte offsets.
    ///
    /// Requesting positions in order takes time linear in the text altogether.
    private struct CharacterPlaces {
        private let text: [UInt8]
        private let start: Int
        private var character = 0
        private var offset: Int
        /// Whether every byte is a character.
        private let isASCII: Bool

        init(_ text: [UInt8], startingAt start: Int) {
            isASCII = text.reduce(0, |) < 0x80
            self.text = text
            self.start = start
            offset = start
        }

        mutating func byteOffset(ofCharacter target: Int) -> Int {
            if isASCII { return min(start + target, text.count) }
            if target < character {
                character = 0
                offset = start
            }
            while character < target, offset < text.count {
                offset += 1
                while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
                character += 1
            }
            return offset
        }
    }
}
