import Foundation

/// What `rotate --live --format json` says of one secret.
struct LiveAnswer: Decodable {
    struct Secret: Decodable {
        var names: [String]
        var recreated: [String]
        var new: String?
        var old: String?
        var sessionsEnded: Bool?
        var overlapsUntil: Int?
        var notes: [String]
        var problems: [String]
    }

    struct Live: Decodable {
        var action: String
        var generation: Int
        var proved: Bool
        var milliseconds: Int
        var evidence: [String]
        var secrets: [Secret]

        func secret(_ name: String) -> Secret? { secrets.first { $0.names.contains(name) } }
    }

    var live: Live

    static func rotation(_ run: Tool.Run) throws -> Live {
        try JSONDecoder().decode(LiveAnswer.self, from: Data(run.output)).live
    }

    static func report(_ run: Tool.Run) throws -> Live { try JSONDecoder().decode(Live.self, from: Data(run.output)) }
}
