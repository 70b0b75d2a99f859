internal import Detecting
internal import Documents

/// The age of a deployment's images, as far as its files show it.
///
/// It determines how accounts are created and where files are.
public struct DeploymentEra: Hashable, Sendable {
    /// The release, if the files name it.
    public var release: Release?
    /// The possible layouts, the oldest first: that of the release, or those that the files match.
    public var layouts: [Catalogue.Layout]
    /// The startup behaviour of its containers; nil if several are possible.
    public var regime: Catalogue.Regime?

    /// Determines the era from the contents and places of files.
    ///
    /// - Parameters:
    ///   - documents: the files of the deployment.
    ///   - variables: the variables that they set.
    ///   - catalogue: the catalogue of the service.
    init(of documents: [Document], variables: DeploymentVariables, catalogue: Catalogue) {
        let release =
            variables.values[DeploymentVariables.releaseName].flatMap { Release($0) }
            ?? Self.release(ofImagesIn: documents, catalogue: catalogue)
        self.init(release: release, paths: documents.map(\.path), catalogue: catalogue)
    }

    /// Determines the era from a release, or from the paths of files if it is unknown.
    init(release: Release?, paths: [String], catalogue: Catalogue) {
        self.release = release
        if let release {
            layouts = catalogue.layout(of: release).map { [$0] } ?? []
            regime = catalogue.regime(of: release)
        } else {
            layouts = catalogue.layouts(shownBy: paths)
            regime = catalogue.regime(of: layouts)
        }
    }

    /// The layout if only one is possible.
    public var layout: Catalogue.Layout? { layouts.count == 1 ? layouts.first : nil }

    /// Returns the release that all image tags name; nil if they differ.
    private static func release(ofImagesIn documents: [Document], catalogue: Catalogue) -> Release? {
        var releases: Set<Release> = []
        for document in documents where StrayCopy(path: document.path) == nil && !document.isExample {
            for setting in document.settingValues where setting.keyPath.last == "image" {
                let image = ImageName(String(decoding: setting.value, as: UTF8.self))
                guard catalogue.order.contains(image.component), let release = image.release else { continue }
                releases.insert(release)
            }
        }
        return releases.count == 1 ? releases.first : nil
    }
}

extension DeploymentEra: CustomStringConvertible {
    /// The release as text: `stable-9823`, or `stable-3508 to stable-4416, by the folder layout`.
    public var description: String {
        if let release { return "\(release)" }
        guard !layouts.isEmpty else { return "unknown: no image tag, and the folder layout does not show it" }
        return layouts.map(\.releases.description).joined(separator: " or ") + ", by the folder layout"
    }
}

extension Catalogue {
    /// Returns the regime that all releases of some layouts share; nil if there is none.
    func regime(of layouts: [Layout]) -> Regime? {
        let possible = regimes.filter { regime in layouts.contains { $0.releases.overlaps(regime.releases) } }
        return possible.count == 1 ? possible.first : nil
    }
}
