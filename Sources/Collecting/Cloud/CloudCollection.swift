/// A project of Google Cloud as templates: Terraform, Deployment Manager, the sources of the deployments that it was made with, and a
/// page that says how to deploy it and what it costs.
public struct CloudCollection: Sendable {
    /// The files.
    public let parts: [CollectedPart]
    /// How many resources of each kind there were, with the noun.
    public let counts: [(noun: String, count: Int)]
    /// How many resources the templates make, and with how many definitions.
    public let madeCount: (resources: Int, definitions: Int)
    /// What the owner should know, one sentence each.
    public let remarks: [String]
    /// What was read and is not in the templates.
    public let leftOut: [CollectionRecord.LeftOut]

    /// The folder of the Terraform files.
    static let terraformFolder = "terraform"
    /// The folder of the files of Deployment Manager.
    static let managerFolder = "deployment-manager"

    /// Makes the templates.
    ///
    /// - Parameters:
    ///   - inventory: all resources.
    ///   - project: the project's name; nil to take the one that most resources name.
    ///   - modernizes: whether what Google has given up becomes what took its place.
    package init(of inventory: CloudInventory, project: String?, modernizes: Bool) {
        let cloud = CloudSelection(inventory, project: project)
        var builder = TerraformBuilder(cloud, modernizes: modernizes)
        builder.build()
        let grouping = TerraformGrouping(builder.resources)
        let terraform = TerraformFiles(builder, grouping)
        let manager = DeploymentManagerBuilder(builder, documents: grouping.documentPaths)
        let managerFiles = DeploymentManagerFiles(
            manager,
            builder.settings + builder.variables,
            documentsIn: "../" + Self.terraformFolder
        )
        let origin = project.map { "gcp:" + $0 } ?? "saved answers of gcloud"
        let made = [(Self.terraformFolder, terraform.files), (Self.managerFolder, managerFiles.files)]
        var parts = made.flatMap { folder, files in
            files.map { CollectedPart(path: "\(folder)/\($0.path)", bytes: Array($0.text.utf8), origin: origin) }
        }
        parts += DeploymentManagerSources(inventory).parts
        counts = CloudKind.allCases.compactMap { kind in
            let count = inventory.all(kind).count
            return count == 0 ? nil : (count == 1 ? kind.noun : kind.nouns, count)
        }
        madeCount = (terraform.resourceCount, terraform.definitionCount)
        remarks =
            builder.remarks + CloudAdvice.otherProjects(than: project, in: inventory)
            + CloudAdvice.sentences(inventory, modernizes: modernizes)
        leftOut =
            inventory.unknown.map { CollectionRecord.LeftOut(path: $0.origin, reason: $0.reason) }
            + builder.unknownFields.sorted { $0.key.precedes($1.key) }.map { field, count in
                CollectionRecord.LeftOut(path: field, reason: "no argument holds it; it is set in \(count) of them")
            }
            + manager.leftOut + CloudAdvice.leftOut(inventory)
        let page = CloudPage(inventory: inventory, remarks: remarks, hasManifests: !inventory.all(.manifest).isEmpty)
        parts.append(CollectedPart(path: "README.md", bytes: Array(page.text.utf8), origin: origin))
        self.parts = parts.sorted { $0.path.precedes($1.path) }
    }
}
