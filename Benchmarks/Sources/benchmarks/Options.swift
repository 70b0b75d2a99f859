import Foundation

/// The options of a run.
struct Options {
    /// The parts of a run.
    enum Part: String, CaseIterable {
        /// One small file, to measure the start-up time.
        case startup
        /// A hundred files of a deployment.
        case deployment
        /// A tree of many files.
        case tree
        /// A hundred files, packed and signed, checked and opened.
        case bundle
        /// The same with as many bytes as the tree.
        case archive
        /// A hundred files of a deployment: sanitized, scanned and copied.
        case sanitize
        /// The same for the tree.
        case sanitizedTree = "sanitized-tree"
    }

    var parts = Part.allCases
    /// The names of the programs to measure; empty for all that are installed.
    var tools: Set<String> = []
    var scrubjay = ".build/release/scrubjay"
    /// The fixture that the deployment is made from.
    var fixture = "fixtures/jitsi-gcp"
    /// The folder whose text files the tree is made from.
    var roots = ["/usr", "/opt"]
    /// An existing tree to scan; it is not changed.
    var tree: String?
    /// The maximum size of the tree in bytes, and the maximum number of files.
    var treeSize = 1 << 30
    var treeCount = 75_000
    var runs = 5
    /// The time limit of a program in seconds.
    var limit = 600

    static let usage = """
        usage: benchmarks [options], in the root of the repository

          --only PARTS       startup, deployment, tree, bundle, archive, sanitize, sanitized-tree;
                             several with commas (all)
          --tools NAMES      scrubjay, kingfisher, …; several with commas (all that are installed)
          --scrubjay FILE    the program (.build/release/scrubjay)
          --from FOLDERS     where the tree's files are taken from; several with commas (/usr,/opt)
          --tree FOLDER      a tree that is there already, instead of making one
          --size MIB         how large the tree is (1024)
          --files N          how many files it has at most (75000)
          --runs N           how often each program runs; the median counts (5)
          --limit SECONDS    when a program is stopped (600)
        """

    /// Parses the arguments; nil if they are invalid.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            let list = value.split(separator: ",").map(String.init)
            switch name {
            case "--only":
                let parts = list.compactMap(Part.init(rawValue:))
                guard parts.count == list.count else { return nil }
                self.parts = parts
            case "--tools": tools = Set(list)
            case "--scrubjay": scrubjay = value
            case "--from": roots = list
            case "--tree": tree = value
            case "--size", "--files", "--runs", "--limit":
                guard let number = Int(value), number > 0 else { return nil }
                switch name {
                case "--size": treeSize = number << 20
                case "--files": treeCount = number
                case "--runs": runs = number
                default: limit = number
                }
            default: return nil
            }
        }
    }
}
