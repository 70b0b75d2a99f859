internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// Asks for the undecided items on a terminal.
struct ReviewDialog {
    private let console: Console
    private var review: Review

    /// Refuses to ask if nobody can answer.
    static func checkTerminal(_ console: Console) throws {
        guard console.isInteractive else {
            throw KitError(
                .unsuitable,
                "--review needs a terminal to ask on",
                hint:
                    "without it, undecided values are replaced; 'scrubjay policy init' lists them"
            )
        }
    }

    init(_ preparation: Sanitize.Preparation, root: FilePath, key: FingerprintKey, console: Console) throws {
        self.console = console
        review = try Review(preparation, root: root, key: key)
    }

    /// The reply to a question.
    private enum Reply {
        case answered
        case skipped
        case quit
    }

    /// Asks for all items, and writes the answers.
    ///
    /// - Returns: whether to continue.
    mutating func run() throws -> Bool {
        let items = review.items
        guard !items.isEmpty else {
            console.say("nothing is undecided")
            return true
        }
        console.say("\(Count.of(items.count, "question")); ? explains the keys")
        console.say("each answer is saved at once in \(Printable.text(review.path.string))")
        var goesOn = true
        var answers = 0
        asking: for (number, item) in items.enumerated() where !review.isSettled(item) {
            show(item, number: number + 1, of: items.count)
            switch try ask(about: item) {
            case .answered:
                answers += 1
                Interruption.say(.answers)
                // Answers are kept if the dialog is ended early.
                try review.write()
            case .skipped: continue
            case .quit:
                goesOn = false
                break asking
            }
        }
        if answers > 0 {
            console.say("wrote \(Count.of(answers, "answer")) to \(Printable.text(review.path.string))")
        }
        Interruption.say(.plain)
        if !goesOn { console.say("stopped; nothing was sanitized") }
        return goesOn
    }

    private func show(_ item: Undecided, number: Int, of count: Int) {
        let place = Printable.text(item.path) + (item.line == 0 ? "" : ":\(item.line)")
        let places = item.placeCount > 1 ? ", \(Count.of(item.placeCount, "place"))" : ""
        console.say("")
        guard let kind = item.kind else {
            console.say("\(number)/\(count)  \(place): not a text file; left out")
            return
        }
        let confidence = item.confidence.map { ", \($0.rawValue) confidence" } ?? ""
        console.say(
            "\(number)/\(count)  \(kind.rawValue)  \(Printable.text(item.shown))  (\(place)\(places)\(confidence))"
        )
        guard let context = review.context(of: item) else { return }
        console.say("  - " + Printable.text(context.before))
        console.say("  + " + Printable.text(context.after))
    }

    private mutating func ask(about item: Undecided) throws -> Reply {
        while true {
            guard let line = Terminal.ask("keep, replace, omit the file, skip, quit? [k/r/o/s/q/?] ", console: console)
            else {
                console.say("")
                return .quit
            }
            let answer: Review.Answer
            switch line.drop(while: \.isWhitespace).first?.lowercased() {
            case "k":
                guard item.severity == .secret else {
                    answer = .keep(reason: nil)
                    break
                }
                let reason = Terminal.ask("this is a secret; why may everyone read it? ", console: console) ?? ""
                guard reason.contains(where: { !$0.isWhitespace }) else { continue }
                answer = .keep(reason: reason)
            case "r": answer = .replace
            case "o": answer = .omitFile
            case "s": return .skipped
            case "q": return .quit
            default:
                explain()
                continue
            }
            do {
                try review.take(answer, about: item)
                return .answered
            } catch let error as KitError where error.code == .unsuitable {
                console.say(Printable.text(error.message))
                if let hint = ErrorReport(error)?.hint { console.say("hint: " + hint) }
            } catch let error as PolicyError {
                console.say(Printable.text("\(error.place): \(error.message)"))
            }
        }
    }

    private func explain() {
        console.say("  k  keep it everywhere, and do not report it any more")
        console.say("  r  replace it, and do not ask again")
        console.say("  o  leave out the file in which it occurs first")
        console.say("  s  skip it: replace it now, and ask again next time")
        console.say("  q  keep the answers so far, and stop without sanitizing")
    }
}
