internal import Collecting

/// Recognises reports written by Scrubjay that lie in the deployment that they describe.
///
/// A report holds no value. It shows sanitized lines and names of rules, which look like settings with values if they
/// are read as anything else. A report is therefore neither scanned nor published.
public enum OwnReport {
    /// The title in the first lines of a report.
    public static let title = "Sanitizing report"
    /// The reason why a report is left out.
    static let reason = "a Scrubjay report, which the next run can write again"

    /// The number of leading bytes that identify a report.
    private static let headSize = 2048
    private static let extensions = [".html", ".htm", ".json", ".md"]
    private static let starts = [
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n",
        "{\n  \"schema\": 1,\n  \"tool\": {\n    \"name\": \"scrubjay\",\n",
        "## \(title)\n\n**",
    ].map { Array($0.utf8) }
    private static let pageTitle = Array("<title>\(title)</title>".utf8)

    /// Returns the paths of a deployment's files that are reports.
    ///
    /// A file that cannot be read does not count as a report; whoever reads all files reports the failure.
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
