@testable import Collecting
import Documents
import Testing

@Suite struct CloudCostTests {
    /// The four machines of the post of April 2020: three f1-micro, a preemptible bridge, 4 × 10 GB, one address that
    /// is paid for.
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

    /// A price is that of the machine's cores and memory in its region; the months are those of Google's own
    /// calculator.
    @Test(arguments: [
        ("e2-standard-2", "us-central1", 4892), ("e2-micro", "us-central1", 611),
        ("n1-standard-1", "us-central1", 2427),
        ("n1-standard-4", "europe-west3", 12509), ("e2-highcpu-4", "asia-northeast1", 9276),
        ("g1-small", "us-east1", 1313),
        ("n2d-standard-2", "europe-west4", 5434),
    ])
    func aMachineCostsWhatItsRegionAsks(type: String, region: String, cents: Int) throws {
        let prices = try #require(CloudPrices.compiledIn.last)
        let inventory = CloudSamples.inventory([CloudSamples.instance("a", type: type, region: region)])
        let line = try #require(CloudCost(of: inventory, prices: prices).lines.first)
        #expect(line.what == "1 × \(type)")
        let isFree = type == "e2-micro"
        #expect(line.cents == (isFree ? 0 : cents), "\(line.how)")
        #expect(line.how.contains(CloudCost.dollars(cents)), "\(line.how)")
    }

    @Test func severalRegionsAreSaid() throws {
        let prices = try #require(CloudPrices.compiledIn.last)
        let inventory = CloudSamples.inventory([
            CloudSamples.instance("a", type: "e2-small", region: "us-central1"),
            CloudSamples.instance("b", type: "e2-small", region: "europe-west3"),
        ])
        let cost = CloudCost(of: inventory, prices: prices)
        #expect(cost.lines.map(\.what).prefix(2) == ["1 × e2-small in europe-west3", "1 × e2-small in us-central1"])
        #expect(cost.isComplete)
        #expect(cost.lines[0].cents ?? 0 > cost.lines[1].cents ?? 0)
        #expect(cost.lines.allSatisfy { !$0.how.contains("free") })
    }

    @Test func shapesAreReadFromNames() throws {
        let prices = try #require(CloudPrices.compiledIn.last)
        for type in [
            "e2-standard", "e2-standard-x", "e2-standard-0", "e2-megamem-2", "e2-custom-2-4096", "z9-standard-2", "",
        ] {
            #expect(prices.hour(of: type, in: "us-central1") == nil, "\(type)")
        }
        #expect(prices.hour(of: "e2-standard-2", in: "moon-north1") == nil)
        #expect(prices.hour(of: "e2-standard-2", in: "us-central1")?.spot != nil)
    }
}
