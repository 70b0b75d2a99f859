internal import Collecting

/// Recognises the reports that Scrubjay has written, where they lie in the deployment that they are about.
///
/// A report holds no value. It shows lines of what was sanitized and names of rules, which look like settings with values to
/// whoever reads them as anything else; so it is neither scanned nor published.
public enum OwnReport {
    /// What a report is called in its first lines.
    public static let title = "Sanitizing report"
    /// Why one is left out.
    static let reason = "a Scrubjay report, which the next run can write again"

    /// Enough to see what a file begins with.
    private static let headSize = 2048
    private static let extensions = [".html", ".htm", ".json", ".md"]
    private static let starts = [
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n",
        "{\n  \"schema\": 1,\n  \"tool\": {\n    \"name\": \"scrubjay\",\n",
        "## \(title)\n\n**",
    ].map { Array($0.utf8) }
    private static let pageTitle = Array("<title>\(title)</title>".utf8)

    /// The paths of the files of a deployment that are reports.
    ///
    /// A file that cannot be read is none here; whoever reads all files says so.
    static func paths(in deployment: Deployment) -> Set<String> {
        var paths: Set<String> = []
        for entry in deployment.entries where extensions.contains(where: entry.path.hasSuffix) {
            guard case .file = entry.content,
                let head = try? deployment.contents(of: entry.path, from: 0, count: headSize), isOne(head)
            else { continue }
            paths.insert(entry.path)
        }
        return paths
    }

    /// Whether a file that begins with `head` is a report.
    static func isOne(_ head: [UInt8]) -> Bool {
        guard let start = starts.first(where: head.starts) else { return false }
        return start.first != UInt8(ascii: "<") || head.firstRange(of: pageTitle) != nil
    }
}
