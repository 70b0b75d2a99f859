/// The page that is written beside the templates: how to deploy them, and what that costs.
struct CloudPage {
    let inventory: CloudInventory
    let remarks: [String]
    let hasManifests: Bool

    /// The page in Markdown.
    var text: String {
        var lines = ["# A deployment on Google Cloud", "", "`terraform/` makes it:", ""]
        for kind in CloudKind.allCases where kind != .deployment && kind != .manifest {
            let count = inventory.all(kind).count
            if count > 0 { lines.append("- \(count) \(count == 1 ? kind.noun : kind.nouns)") }
        }
        lines += [
            "", "What differs from owner to owner stands in `terraform/terraform.tfvars`.", "", "## Commands", "",
        ]
        lines += ["| | Terraform |", "|---|---|"]
        lines += [
            "| preview | `terraform -chdir=terraform init && terraform -chdir=terraform plan` |",
            "| deploy | `terraform -chdir=terraform init && terraform -chdir=terraform apply` |",
            "| destroy | `terraform -chdir=terraform destroy` |",
            "",
            "Infrastructure Manager runs the same files: `gcloud infra-manager deployments apply NAME --location=REGION",
            "--local-source=terraform --inputs-file=terraform/terraform.tfvars --service-account=ACCOUNT`, with `previews create` to see",
            "what would be done and `deployments delete` to end it.",
        ]
        lines += addresses + cost
        if !remarks.isEmpty { lines += ["", "## Remarks", ""] + remarks.map { "- \($0)" } }
        if hasManifests {
            lines += ["", "`deployment-manager/` holds what its Deployment Manager deployments were made from."]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Files that name an address which Google gives anew.
    private var addresses: [String] {
        let reserved = inventory.all(.address).filter { $0.value["addressType"]?.scalar != "INTERNAL" }
        guard !reserved.isEmpty else { return [] }
        return [
            "", "## Addresses", "",
            "Google gives the reserved addresses anew. Files in `terraform/metadata/` that name one need the new one: make the addresses",
            "first (`terraform -chdir=terraform apply -target=…`), put them into the files, and deploy.",
        ]
    }

    private var cost: [String] {
        var lines = [
            "", "## What it costs", "",
            "List prices of us-central1 in US dollars a month of 730 hours, without tax and traffic. Every line is an assumption that can",
            "be checked; the sum is no more than theirs.",
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
