import Foundation
import TestKit

/// A program `gcloud` that answers from files, as far as a test needs it: pages have been put together by gcloud
/// itself.
///
/// It writes down how it was called. An answer is named by the words of the command; without one it is an empty list,
/// and a file that ends in `.error` is what it says to its standard error before it ends with status 1.
struct FakeGcloud {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Script.write(
            """
            here=\(folder.path)
            echo "$*" >> "$here/calls"
            env | cut -d= -f1 | sort > "$here/environment"
            name=
            for word in "$@"; do
                case $word in
                --zone=*|--deployment=*) name=$name-${word#*=} ;;
                --*) ;;
                *) name=$name-$word ;;
                esac
            done
            name=${name#-}
            if [ -e "$here/$name.slow" ]; then sleep "$(cat "$here/$name.slow")"; fi
            if [ -e "$here/$name.json" ]; then cat "$here/$name.json"; elif [ ! -e "$here/$name.error" ]; then echo '[]'; fi
            if [ -e "$here/$name.warning" ]; then cat "$here/$name.warning" >&2; fi
            if [ -e "$here/$name.error" ]; then cat "$here/$name.error" >&2; exit 1; fi

            """,
            to: folder.path + "/bin/gcloud"
        )
    }

    /// What a command answers.
    func answer(_ command: String, _ json: String) throws {
        try folder.write(json, to: command.replacing(" ", with: "-") + ".json")
    }

    /// What a command says before it fails.
    func fail(_ command: String, _ errors: String) throws {
        try folder.write(errors + "\n", to: command.replacing(" ", with: "-") + ".error")
    }

    /// The commands so far.
    var calls: [String] {
        get throws { String(decoding: try folder.read("calls"), as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    /// A tool that finds this program first.
    func tool(in place: TemporaryFolder, variables: [String: String] = [:]) -> Tool {
        let path = "\(folder.path)/bin:\(Tool.products):/usr/bin:/bin"
        return Tool(
            folder: place.path,
            environment: ["PATH": path, "SOURCE_DATE_EPOCH": "1767225600"].merging(variables) { $1 }
        )
    }
}
