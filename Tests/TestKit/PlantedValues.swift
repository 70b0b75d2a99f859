import Foundation

/// The list of what was planted in an invented deployment; `fixtures/README.md` describes its form.
public struct PlantedValues: Decodable, Sendable {
    /// One value and its places.
    public struct Value: Decodable, Sendable {
        /// The sensitive characters.
        public var value: String
        /// What they are.
        public var kind: String
        /// What the list calls them.
        public var name: String
        /// Every place.
        public var places: [Place]
    }

    /// One place of a value.
    public struct Place: Decodable, Sendable {
        /// The file.
        public var path: String
        /// The 1-based line; 0 in a path.
        public var line: Int
        /// The bytes of the encoded text in the file, or of the path.
        public var start: Int
        /// The end of them.
        public var end: Int
        /// How the value stands there.
        public var encoding: String
        /// The bigger value that holds this one.
        public var inside: String?
    }

    /// A value that looks like one and must stay.
    public struct Decoy: Decodable, Sendable {
        /// The characters.
        public var value: String
        /// The file.
        public var path: String
        /// Why it must stay.
        public var why: String
    }

    /// What was planted.
    public var values: [Value]
    /// What must stay.
    public var mustStay: [Decoy]

    /// The list of `fixtures/jitsi-gcp`.
    public static func ofFixture() throws -> PlantedValues {
        let file = URL(fileURLWithPath: Repository.fixture + ".planted.json")
        return try JSONDecoder().decode(PlantedValues.self, from: Data(contentsOf: file))
    }
}
