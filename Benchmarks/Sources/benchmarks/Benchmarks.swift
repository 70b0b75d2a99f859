import Foundation

/// Runs Scrubjay and comparable tools on the same files, in turn, and prints tables.
@main
enum Benchmarks {
    static func main() throws {
        do {
            try run()
        } catch let failure as Failure {
            FileHandle.standardError.write(Data("benchmarks: \(failure.description)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
            FileHandle.standardError.write(Data((Options.usage + "\n").utf8))
            exit(64)
        }
        let tools = Tool.installed(scrubjay: options.scrubjay).filter {
            options.tools.isEmpty || options.tools.contains($0.name) || $0.name == "scrubjay"
        }
        let folder = NSTemporaryDirectory() + "scrubjay-benchmarks-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        print(
            "\(ProcessInfo.processInfo.activeProcessorCount) processors; \(tools.map(\.name).joined(separator: ", "))"
        )
        for part in options.parts {
            if part == .bundle || part == .archive {
                for contents in part == .bundle ? [.repeating] : BundleCorpus.Contents.allCases {
                    try measure(BundleCorpus(part, contents, options, in: folder), part, contents, options)
                }
                continue
            }
            if part == .sanitize || part == .sanitizedTree {
                let corpus = try corpus(part, options, folder)
                let title = "\(part.rawValue): \(corpus.fileCount) files, \(corpus.byteCount) bytes"
                let tools = Tool.sanitizing(scrubjay: options.scrubjay, output: folder + "/sanitized")
                let summaries = try measure(tools, on: corpus, runs: options.runs, options.limit)
                print(Table.text(title, summaries, bytes: corpus.byteCount))
                continue
            }
            let corpus = try corpus(part, options, folder)
            let title = "\(part.rawValue): \(corpus.fileCount) files, \(corpus.byteCount) bytes"
            let isStartup = part == .startup
            let summaries = try measure(
                tools,
                on: corpus,
                runs: isStartup ? options.runs * 4 : options.runs,
                options.limit
            )
            print(Table.text(title, summaries, bytes: isStartup ? nil : corpus.byteCount))
            if part == .tree { printFloor(corpus, runs: options.runs) }
        }
    }

    private static func corpus(_ part: Options.Part, _ options: Options, _ folder: String) throws -> Corpus {
        switch part {
        case .startup: return try .startup(fixture: options.fixture, in: folder)
        case .deployment, .sanitize: return try .deployment(fixture: options.fixture, in: folder)
        case .tree, .sanitizedTree:
            if let tree = options.tree { return Corpus(existingAt: tree) }
            return try .tree(from: options.roots, size: options.treeSize, count: options.treeCount, in: folder)
        case .bundle, .archive: preconditionFailure("these have a corpus of their own")
        }
    }

    /// Measures packing and signing a tree, and checking and opening the bundle.
    private static func measure(
        _ bundle: BundleCorpus,
        _ part: Options.Part,
        _ contents: BundleCorpus.Contents,
        _ options: Options
    ) throws {
        for (what, tools) in [("pack and sign", bundle.packing), ("check and open", bundle.opening)] {
            let size = "\(bundle.corpus.fileCount) files, \(bundle.corpus.byteCount) bytes of \(contents.rawValue)"
            let summaries = try measure(tools, on: bundle.corpus, runs: options.runs, options.limit)
            print(Table.text("\(part.rawValue), \(what): \(size)", summaries, bytes: bundle.corpus.byteCount))
        }
    }

    /// Runs all tools once to warm up, then in turn, so that a change of the machine's speed affects all of them.
    ///
    /// - Throws: ``Failure`` if a tool ends with an unexpected status, so that its time means nothing.
    private static func measure(_ tools: [Tool], on corpus: Corpus, runs: Int, _ limit: Int) throws -> [Summary] {
        var summaries = tools.map { Summary(name: $0.name, runs: []) }
        var stopped: Set<Int> = []
        for run in 0...runs {
            for (index, tool) in tools.enumerated() where !stopped.contains(index) {
                guard let measured = Measurement.run(tool.executable, tool.arguments(corpus.path), limit: limit) else {
                    stopped.insert(index)
                    continue
                }
                guard measured.isStopped || tool.statuses.contains(measured.status) else {
                    throw Failure(program: tool.name, status: measured.status)
                }
                // A tool that was stopped once would be stopped again.
                if measured.isStopped { stopped.insert(index) }
                if run > 0 || measured.isStopped { summaries[index].runs.append(measured) }
            }
        }
        return summaries.filter { !$0.runs.isEmpty }
    }

    private static func printFloor(_ corpus: Corpus, runs: Int) {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        for threads in Set([1, cores]).sorted() {
            let seconds = ReadFloor.seconds(corpus, threads: threads, runs: runs)
            let rate = Table.number(Double(corpus.byteCount) / 1e6 / seconds, 0)
            print("\nread floor (open, read, close), \(threads) threads: \(Table.number(seconds, 3)) s, \(rate) MB/s")
        }
    }
}
