@testable import Detecting
import Testing

/// The hosts of hosted services, of which those count that carry the name of a customer.
@Suite("hosts of customers")
struct TenantHostsTests {
    @Test(arguments: [
        "auk.auth0.com", "auk.eu.auth0.com", "AUK-rock.okta.com", "auk.c9xw2lqpa1zk.eu-central-1.rds.amazonaws.com",
        "a1b2c3.execute-api.eu-west-1.amazonaws.com", "auk.blob.core.windows.net", "auk.database.windows.net",
        "aukrock.supabase.co", "db.aukrock.supabase.co", "auk.x7k2p.mongodb.net",
        "ec2-245-10-20-7.compute-1.amazonaws.com",
    ])
    func carriesAName(host: String) {
        #expect(TenantHosts.builtIn.contain(host))
        #expect(!ReservedValues.builtIn.contains(host.utf8, kind: .domain))
    }

    @Test(arguments: [
        "auth0.com", "cdn.auth0.com", "docs.eu.auth0.com", "your-tenant.okta.com", "tenant.us.auth0.com",
        "rds.eu-central-1.amazonaws.com", "eu-central-1.compute.amazonaws.com", "blob.core.windows.net",
        "hooks.slack.com", "auk.github.io", "awscli.amazonaws.com", "example.atlassian.net",
    ])
    func carriesNone(host: String) {
        #expect(!TenantHosts.builtIn.contain(host))
    }

    @Test func theFirstLabelIsTheCustomer() {
        func begins(_ host: String) -> Bool { TenantHosts.builtIn.begins(with: Array(host.utf8)) }
        #expect(begins("kzrmqaukvbtwoxhnyacd.supabase.co"))
        #expect(begins("auk-cellar.grafana.net"))
        #expect(!begins("auk.okta.com"), "too short to stand for the customer elsewhere")
        #expect(!begins("console.rock.mongodb.net"))
        #expect(!begins("puffin.test"))
    }

    /// A service that the list of public ones names is nobody's, though it is a customer of another.
    @Test func aPublicServiceIsNobodys() {
        #expect(ReservedValues.builtIn.contains("adoptopenjdk.jfrog.io".utf8, kind: .domain))
    }

    @Test func everyLineIsASuffix() {
        for line in EmbeddedData.lines(EmbeddedData.tenantSuffixes) {
            #expect(line.hasPrefix("*.") && line.split(separator: ".").count > 2, "\(line)")
        }
    }
}
