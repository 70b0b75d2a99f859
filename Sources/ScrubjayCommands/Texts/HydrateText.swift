internal import Bundling
internal import Detecting
internal import Documents
internal import Sanitizing
internal import ScrubjayKit
internal import Sodium

/// Messages and questions of hydrating.
enum HydrateText {

    /// Warns of values that repeat the text before them.
    static func warn(about given: [String: [UInt8]], of hydration: Hydration, console: Console) {
        for parameter in hydration.parameters {
            guard let value = given[parameter.name], let warning = warning(about: value, for: parameter, of: hydration)
            else { continue }
            console.say("warning: \(warning)")
        }
    }

    /// For example, `meet.wren.test` given for `example.org`, which is a part of `meet.example.org`, results in
    /// `meet.meet.wren.test`.
    private static func warning(about value: [UInt8], for parameter: Parameter, of hydration: Hydration) -> String? {
        guard parameter.kind == .domain, let sight = hydration.sight(of: parameter), let word = sight.word,
            let range = word.ranges(of: parameter.standIn).first
        else { return nil }
        let label = word[..<range.lowerBound].split { $0 == "/" || $0 == "@" }.last.map(String.init) ?? ""
        guard label.hasSuffix("."), String(decoding: value, as: UTF8.self).hasPrefix(label) else { return nil }
        return
            "the value of \(parameter.name) begins with '\(Printable.text(label))', which the bundle already has before it: "
            + "it replaces \(shown(parameter.standIn)) in \(Printable.text(word)) at \(place(sight))"
    }

    /// Returns a YAML file with a line for each parameter that can be given; optional ones are commented out.
    static func valuesFile(for hydration: Hydration) -> [UInt8] {
        let own = hydration.parameters.filter { $0.origin == nil }.sorted(by: precedes)
        let groups: [(title: String, parameters: [Parameter], isCommentedOut: Bool)] = [
            ("Fill these in.", own.filter { $0.isRequired && $0.generator == nil }, false),
            ("These are generated; give a value to use your own.", own.filter { $0.generator != nil }, true),
            (
                "These keep their stand-ins unless you give a value.",
                own.filter { !$0.isRequired && $0.generator == nil }, true
            ),
        ]
        var text = ""
        for group in groups where !group.parameters.isEmpty {
            text += (text.isEmpty ? "" : "\n") + "# \(group.title)\n"
            for parameter in group.parameters {
                text += "\n# \(purpose(of: parameter, in: hydration))\(otherPlaces(of: parameter))\n"
                text += (group.isCommentedOut ? "#" : "") + "\(parameter.name): \"\"\n"
            }
        }
        return Array(text.utf8)
    }

    /// Orders by name, and numbered names by number.
    static func precedes(_ left: Parameter, _ right: Parameter) -> Bool {
        func key(_ name: String) -> (String, Int) {
            guard let last = name.lastIndex(of: "_"), let number = Int(name[name.index(after: last)...]) else {
                return (name, 0)
            }
            return (String(name[..<last]), number)
        }
        return key(left.name) < key(right.name)
    }

    private static func otherPlaces(of parameter: Parameter) -> String {
        guard !parameter.places.isEmpty else { return "; only as a part of other values" }
        let others = parameter.places.count - 1
        return others == 0 ? "" : " and \(Count.of(others, "more place"))"
    }

    /// The answers to questions for values.
    struct Answers {
        /// The values by the names of their parameters.
        var values: [String: [UInt8]] = [:]
        /// The parameters whose stand-ins stay.
        var left: Set<String> = []
    }

    /// The answer that keeps a stand-in.
    private static let leaving = [UInt8(ascii: "-")]

    /// Asks for each value, and again if it is invalid.
    ///
    /// A second empty answer ends the questions, and the missing parameters are reported.
    static func ask(
        for parameters: [Parameter],
        of hydration: Hydration,
        console: Console
    ) throws -> Answers {
        var answers = Answers()
        for (index, parameter) in parameters.enumerated() {
            let purpose = purpose(of: parameter, in: hydration)
            let question = "[\(index + 1)/\(parameters.count)] \(parameter.name) (\(purpose)): "
            var isWarned = false
            while true {
                guard let answer = try answer(to: question, isSecret: parameter.severity == .secret, console: console)
                else { return answers }
                guard answer != [UInt8(ascii: "?")] else {
                    explain(parameter, of: hydration, console: console)
                    continue
                }
                guard answer != leaving else {
                    answers.left.insert(parameter.name)
                    break
                }
                guard !answer.isEmpty else {
                    if isWarned { return answers }
                    isWarned = true
                    console.say("\(parameter.name) needs a value; '-' keeps its stand-in, and Enter again stops")
                    continue
                }
                guard let complaint = hydration.complaint(about: answer, for: parameter) else {
                    answers.values[parameter.name] = answer
                    break
                }
                console.say(complaint)
            }
        }
        return answers
    }

    private static func answer(to question: String, isSecret: Bool, console: Console) throws -> [UInt8]? {
        guard isSecret else { return Terminal.ask(question, console: console).map { Array($0.utf8) } }
        while true {
            let first = try Terminal.askSecretly(question, console: console)
            // What is typed is not shown, so it is asked for twice.
            let isValue = first.count > 0 && ![[UInt8(ascii: "?")], leaving].contains(first.exposed())
            guard isValue else { return first.exposed() }
            let second = try Terminal.askSecretly("repeat it: ", console: console)
            if first == second { return first.exposed() }
            console.say("the two values differ")
        }
    }

    /// Prints what a value is for, and where it is written.
    private static func explain(_ parameter: Parameter, of hydration: Hydration, console: Console) {
        console.say("  \(purpose(of: parameter, in: hydration))\(otherPlaces(of: parameter))")
        console.say("  kind: \(parameter.kind.rawValue); stand-in in the bundle: \(shown(parameter.standIn))")
        console.say("  '-' keeps the stand-in, two empty lines stop; to give the value '?' or '-', use --values")
    }

    /// Prints the origin of each parameter's value.
    static func writePlan(_ plan: HydrationPlan, to console: Console) {
        for (parameter, provenance) in plan.parameters {
            console.print("\(provenance.rawValue)\t\(parameter.name)\t\(Count.of(parameter.places.count, "place"))")
        }
        console.say("would fill \(summary(of: plan))")
    }

    /// Prints what was done, and what was left out of the bundle.
    static func summarize(
        _ plan: HydrationPlan,
        hydration: Hydration,
        paths: [String],
        output: String,
        console: Console
    ) {
        console.say("filled \(summary(of: plan))")
        let kept = plan.parameters(from: .kept)
        if !kept.isEmpty {
            let names = kept.prefix(6).map(\.name).joined(separator: ", ") + (kept.count > 6 ? ", …" : "")
            console.say("kept \(Count.of(kept.count, "stand-in")) (\(names)): give a value to replace one")
        }
        console.say("wrote \(Count.of(paths.count, "file")) into \(output)")
        let afresh = hydration.parameterFile.omissions.filter(\.isMadeAfresh)
        if !afresh.isEmpty {
            console.say(
                "not in the bundle; the containers or you create \(Count.of(afresh.count, "file"))"
                    + (afresh.count > 3 ? ", such as:" : ":")
            )
            for omission in afresh.prefix(3) { console.say("  \(Printable.text(omission.path)) (\(omission.reason))") }
        }
    }

    /// Names the files with secrets that a service of another user may have to read, except `.env` files and keys.
    static func noteReaders(of paths: [String], console: Console) {
        let read = paths.filter { path in
            let name = path.split(separator: "/").last ?? ""
            return !name.hasPrefix(".env") && !name.hasSuffix(".env") && !name.hasSuffix(".key")
        }
        guard !read.isEmpty else { return }
        let names = read.prefix(4).map { Printable.text($0) }.joined(separator: ", ") + (read.count > 4 ? ", …" : "")
        let contain = read.count == 1 ? "contains secrets and is" : "contain secrets and are"
        let them = read.count == 1 ? "it" : "them"
        console.say(
            "\(names) \(contain) readable only by you; if a service of another user reads \(them): chmod o+r"
        )
    }

    static func summary(of plan: HydrationPlan) -> String {
        let counts = HydrationPlan.Provenance.allCases.compactMap { provenance -> String? in
            let count = plan.parameters(from: provenance).count
            return count == 0 ? nil : "\(count) \(provenance.rawValue)"
        }
        return "\(Count.of(plan.parameters.count, "parameter")) (\(counts.joined(separator: ", ")))"
    }
}
