internal import Documents

/// The page beside the templates, on deployment and cost.
struct CloudPage {
    let inventory: CloudInventory
    let remarks: [String]
    /// Whether the sources of Deployment Manager deployments are among the files.
    let hasManifests: Bool

    /// The page in Markdown.
    var text: String {
        var lines = [
            "# A deployment on Google Cloud", "", "`terraform/` creates it, and so does `deployment-manager/`:", "",
        ]
        for kind in CloudKind.allCases where kind != .deployment && kind != .manifest {
            let count = inventory.all(kind).count
            if count > 0 { lines.append("- \(count) \(count == 1 ? kind.noun : kind.nouns)") }
        }
        lines += [
            "",
            "Settings that differ between owners are in `terraform/terraform.tfvars` or `deployment-manager/deployment.yaml`.",
            "", "## Commands", "",
        ]
        let create = "gcloud deployment-manager deployments create NAME --config=deployment-manager/deployment.yaml"
        lines += ["| | Terraform | Deployment Manager |", "|---|---|---|"]
        lines += [
            "| preview | `terraform -chdir=terraform init && terraform -chdir=terraform plan` | `\(create) --preview` |",
            "| deploy | `terraform -chdir=terraform init && terraform -chdir=terraform apply` | `\(create)` |",
            "| destroy | `terraform -chdir=terraform destroy` | `gcloud deployment-manager deployments delete NAME` |",
            "",
            "Infrastructure Manager runs the same files: `gcloud infra-manager deployments apply NAME --location=REGION",
            "--local-source=terraform --inputs-file=terraform/terraform.tfvars --service-account=ACCOUNT`; `previews create` shows",
            "what would be done, and `deployments delete` removes it. Google no longer supports Deployment Manager; its templates",
            "in `deployment-manager/` are for reference.",
        ]
        lines += addresses + cost
        if !remarks.isEmpty { lines += ["", "## Remarks", ""] + remarks.map { "- \($0)" } }
        if hasManifests {
            lines += ["", "The folders in `deployment-manager/` contain what each of its deployments was made from."]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Notes on files that contain a reserved address, which Google assigns anew; empty if there is no such address.
    private var addresses: [String] {
        let reserved = inventory.all(.address).filter { $0.value["addressType"]?.scalar != "INTERNAL" }
        guard !reserved.isEmpty else { return [] }
        return [
            "", "## Addresses", "",
            "Google assigns new reserved addresses. Files in `terraform/metadata/` that contain an old one need the new one: create the",
            "addresses first (`terraform -chdir=terraform apply -target=…`), put them into the files, then deploy.",
        ]
    }

    private var cost: [String] {
        let regions = Set(inventory.resources.compactMap(\.region)).sorted { $0.precedes($1) }
        var lines = [
            "", "## What it costs", "",
            "List prices of \(regions.joined(separator: ", ")) in US dollars a month of 730 hours, without tax and traffic. Each line is an",
            "estimate that you can check; the sum is only as good as they are.",
        ]
        for prices in CloudPrices.compiledIn.reversed() {
            let cost = CloudCost(of: inventory, prices: prices)
            lines += ["", "| prices of \(prices.date) | | $ |", "|---|---|---:|"]
            for line in cost.lines {
                lines.append("| \(line.what) | \(line.how) | \(line.cents.map(CloudCost.dollars) ?? "?") |")
            }
            let sum = cost.isComplete ? "sum" : "sum of the lines with a price"
            lines.append("| \(sum) | | \(CloudCost.dollars(cost.cents)) |")
        }
        return lines
    }
}
