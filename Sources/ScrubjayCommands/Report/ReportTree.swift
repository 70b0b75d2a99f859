internal import ScrubjayKit

/// The folders of the sanitized files, with their contents.
struct ReportTree {
    /// The path of the folder relative to its parent; several components if nothing else is in between.
    var name: String
    /// The folders in it, in byte order.
    var folders: [ReportTree] = []
    /// The indexes in the report of the named files in it, in byte order of their names.
    var files: [Int] = []
    /// The number of files in it and in its folders.
    var fileCount = 0
    /// The number of named ones.
    var namedCount = 0
    /// The number of changed ones.
    var changedCount = 0
    /// The number of replaced places in all of them.
    var places = 0

    /// The number of unnamed files in it and in its folders.
    var unnamedCount: Int { fileCount - namedCount }

    /// Makes the tree of a report's files, with a limit on named files; changed ones have priority.
    init(of report: SanitizeReport, naming limit: Int) {
        let order =
            report.files.indices.filter { report.files[$0].isChanged }
            + report.files.indices.filter { !report.files[$0].isChanged }
        let named = Set(order.prefix(limit))
        let items = report.files.enumerated().map { index, file in
            Item(
                components: file.pathText.split(separator: "/").map(String.init)[...],
                index: index,
                isNamed: named.contains(index),
                isChanged: file.isChanged,
                places: file.places
            )
        }
        self.init(name: "", items: items)
    }

    private struct Item {
        var components: ArraySlice<String>
        var index: Int
        var isNamed: Bool
        var isChanged: Bool
        var places: Int
    }

    private init(name: String, items: [Item]) {
        self.name = name
        fileCount = items.count
        namedCount = items.count(where: \.isNamed)
        changedCount = items.count(where: \.isChanged)
        places = items.reduce(0) { $0 + $1.places }
        var inside: [String: [Item]] = [:]
        var order: [String] = []
        for var item in items {
            guard item.components.count > 1, let folder = item.components.popFirst() else {
                if item.isNamed { files.append(item.index) }
                continue
            }
            if inside[folder] == nil { order.append(folder) }
            inside[folder, default: []].append(item)
        }
        folders = order.map { ReportTree(name: $0, items: inside[$0] ?? []).joined }.filter { $0.namedCount > 0 }
    }

    /// The tree without folders that contain only one folder.
    private var joined: ReportTree {
        guard files.isEmpty, folders.count == 1, var only = folders.first, only.fileCount == fileCount else {
            return self
        }
        only.name = name + "/" + only.name
        return only
    }
}
