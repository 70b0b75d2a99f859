internal import Bundling
internal import ScrubjayKit

extension HydrateCommand {
    /// Writes the files of a private bundle, which has no parameters.
    func unpack(_ bundle: VerifiedBundle, _ workflow: Hydrate, console: Console) throws -> ExitStatus {
        guard !list, !update, output != nil else {
            throw KitError(.unsuitable, "a private bundle has no parameters; give --output, without --list or --update")
        }
        if dryRun {
            for file in bundle.manifest.files { console.print(Printable.text(file.path)) }
            console.say("would write \(Count.of(bundle.manifest.files.count, "file"))")
            return .success
        }
        let paths = try Interruption.guarding { try workflow.unpack(bundle, isInterrupted: $0) }
        console.say("wrote \(Count.of(paths.count, "file")) into \(output ?? ""), readable only by you")
        startCommands(for: paths, of: bundle, console: console)
        return .success
    }
}
