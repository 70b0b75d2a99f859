internal import ArgumentParser

/// The format of the list of rules.
enum RuleListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
}
