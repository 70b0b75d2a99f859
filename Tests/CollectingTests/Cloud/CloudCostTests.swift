@testable import Collecting
import Documents
import Testing

@Suite struct CloudCostTests {
    /// The four machines of the post of April 2020: three f1-micro, a preemptible bridge, 4 × 10 GB, one address that is paid for.
    static let post = CloudSamples.inventory(
        ["web", "xmpp", "jicofo"].map {
            CloudSamples.instance($0, type: "f1-micro", address: $0 == "web" ? "245.1.2.3" : nil)
        }
            + [CloudSamples.instance("jvb", type: "n1-standard-1", isPreemptible: true)]
    )

    @Test func theSumOfThePostIsReproducedLineByLine() throws {
        let prices = try #require(CloudPrices.compiledIn.first { $0.name == "2020-04" })
        let cost = CloudCost(of: Self.post, prices: prices)
        #expect(
            cost.lines.map(\.what) == [
                "3 × f1-micro", "1 × n1-standard-1, Spot", "40 GB of pd-standard", "1 external address",
            ]
        )
        #expect(cost.lines.map(\.cents) == [1164, 730, 40, 292])
        #expect(CloudCost.dollars(cost.cents) == "22.26")
        #expect(cost.isComplete)
    }

    @Test func theSameShapeToday() throws {
        let prices = try #require(CloudPrices.compiledIn.first { $0.name == "today" })
        let today = CloudSamples.inventory(
            ["web", "xmpp", "jicofo"].map {
                CloudSamples.instance($0, type: "e2-micro", address: "245.1.2.\($0.count)")
            }
                + [CloudSamples.instance("jvb", type: "n1-standard-1", address: "245.1.2.9", isPreemptible: true)]
        )
        let cost = CloudCost(of: today, prices: prices)
        #expect(cost.lines.map(\.cents) == [1222, 1223, 40, 1095, 183])
        #expect(CloudCost.dollars(cost.cents) == "37.63")
    }

    @Test func saysWhereThereIsNoPrice() throws {
        let prices = try #require(CloudPrices.compiledIn.first)
        let cost = CloudCost(
            of: CloudSamples.inventory([CloudSamples.instance("big", type: "c4-standard-96")]),
            prices: prices
        )
        #expect(cost.lines.first?.cents == nil)
        #expect(!cost.isComplete)
    }
}
