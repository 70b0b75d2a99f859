/// A Google Cloud project as templates: Terraform, Deployment Manager, the sources of its Deployment Manager
/// deployments, and a page on deployment and cost.
public struct CloudCollection: Sendable {
    /// The files.
    public let parts: [CollectedPart]
    /// The number of resources of each kind, with the noun for the kind.
    public let counts: [(noun: String, count: Int)]
    /// The number of resources that the templates create, and the number of definitions for them.
    public let madeCount: (resources: Int, definitions: Int)
    /// Advice for the owner, one sentence each.
    public let remarks: [String]
    /// The features that Google has retired, in sentences that name the successors; modernizing uses the successors
    /// instead.
    public let retired: [String]
    /// The resources that were read but are not in the templates.
    public let leftOut: [CollectionRecord.LeftOut]

    /// The folder of the Terraform files.
    static let terraformFolder = "terraform"
    /// The folder of the Deployment Manager files.
    static let managerFolder = "deployment-manager"

    /// Makes the templates.
    ///
    /// - Parameters:
    ///   - inventory: all resources.
    ///   - project: the project's name; nil for the one that most resources name.
    ///   - modernizes: whether features that Google has retired are replaced with their successors.
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
        let origin = project.map { "gcp:" + $0 } ?? "saved gcloud output"
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
        remarks = builder.remarks + CloudAdvice.otherProjects(than: project, in: inventory)
        retired = CloudAdvice.retired(inventory, modernizes: modernizes)
        leftOut =
            inventory.unknown.map { CollectionRecord.LeftOut(path: $0.origin, reason: $0.reason) }
            + builder.unknownFields.sorted { $0.key.precedes($1.key) }.map { field, count in
                CollectionRecord.LeftOut(path: field, reason: "no argument corresponds to it; set in \(count) of them")
            }
            + manager.leftOut + CloudAdvice.leftOut(inventory)
        let page = CloudPage(
            inventory: inventory,
            remarks: remarks + retired,
            hasManifests: !inventory.all(.manifest).isEmpty
        )
        parts.append(CollectedPart(path: "README.md", bytes: Array(page.text.utf8), origin: origin))
        self.parts = parts.sorted { $0.path.precedes($1.path) }
    }
}
