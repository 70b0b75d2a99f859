internal import ArgumentParser

/// The format of an answer.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
