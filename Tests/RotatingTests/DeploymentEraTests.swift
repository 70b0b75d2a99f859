import Documents
import Testing

@testable import Rotating

/// Of which time a deployment is, and what follows from it.
@Suite struct DeploymentEraTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try .jitsi() }

    private func era(_ paths: [String]) -> DeploymentEra {
        DeploymentEra(release: nil, paths: paths, catalogue: catalogue)
    }

    private func era(_ files: [String: String]) -> DeploymentEra {
        let documents = SampleTree(files: files).documents()
        let variables = DeploymentVariables(in: documents, catalogue: catalogue)
        return DeploymentEra(of: documents, variables: variables, catalogue: catalogue)
    }

    // MARK: - Layouts

    /// Folders of accounts of the four layouts, and what each says about the releases and their regime.
    @Test(arguments: [
        ("prosody/data/auth%2emeet%2ejitsi/accounts/focus.dat", "stable-3508 to stable-4416", "first boot"),
        ("cfg/prosody/config/data/auth%2emeet%2ejitsi/accounts/focus.dat", "stable-4548 to stable-11031", nil),
        ("storage/prosody/auth%2emeet%2ejitsi/accounts/focus.dat", "stable-11146 to stable-11146-1", "create only"),
        ("a/b/storage/prosody/data/auth%2emeet%2ejitsi/accounts/jvb.dat", "stable-11146-2 and later", "create only"),
        ("cfg/prosody/conf.d/jitsi-meet.cfg.lua", "stable-3508 to stable-4416", "first boot"),
        ("prosody/config/conf.d/jitsi-meet.cfg.lua", "stable-4548 to stable-11031", nil),
    ])
    func aPathShowsTheLayout(path: String, releases: String, regime: String?) {
        let era = era([".env", path])
        #expect(era.layout?.releases.description == releases)
        #expect(era.regime?.name == regime)
        #expect(era.description.contains(releases))
    }

    /// What Debian's package of Prosody has, and what the images are built from, is no folder that CONFIG names.
    @Test(arguments: [
        "prosody/prosody.cfg.lua", "prosody/conf.d/meet.example.com.cfg.lua",
        "prosody/rootfs/defaults/conf.d/jitsi-meet.cfg.lua", "data/auth%2emeet%2ejitsi/accounts/focus.dat",
    ])
    func anotherPathShowsNone(path: String) {
        let era = era([path])
        #expect(era.layouts.isEmpty && era.regime == nil && era.layout == nil)
        #expect(era.description == "unknown: no image tag, and the folder layout does not show it")
    }

    @Test func aMarkOfTwoLayoutsShowsBothAndTheirRegime() {
        let era = era(["storage/web/keys/cert.key"])
        #expect(
            era.layouts.map(\.releases.description) == ["stable-11146 to stable-11146-1", "stable-11146-2 and later"]
        )
        #expect(era.layout == nil && era.regime?.name == "create only")
    }

    @Test func everyReleaseHasItsLayoutAndItsRegime() throws {
        for (release, configuration, folder) in [
            ("stable-3508", "/config/prosody.cfg.lua", "prosody/data/auth%2ea%2eexample/accounts"),
            ("stable-4416", "/config/prosody.cfg.lua", "prosody/data/auth%2ea%2eexample/accounts"),
            ("stable-4548", "/config/prosody.cfg.lua", "prosody/config/data/auth%2ea%2eexample/accounts"),
            ("stable-11031", "/config/prosody.cfg.lua", "prosody/config/data/auth%2ea%2eexample/accounts"),
            ("stable-11146-1", "/run/prosody/config/prosody.cfg.lua", "storage/prosody/auth%2ea%2eexample/accounts"),
            (
                "stable-11146-2", "/run/prosody/config/prosody.cfg.lua",
                "storage/prosody/data/auth%2ea%2eexample/accounts"
            ),
        ] {
            let layout = try #require(Release(release).flatMap(catalogue.layout))
            #expect(layout.configuration == configuration, "\(release)")
            #expect(layout.accountFolder(of: "auth.a.example") == folder, "\(release)")
        }
    }

    // MARK: - Releases

    @Test(arguments: [
        ("jitsi/prosody:stable-9823", "stable-9823"),
        ("ghcr.io/jitsi/prosody:stable-11146-2@sha256:00", "stable-11146-2"),
        ("jitsi/jvb:${JITSI_IMAGE_VERSION:-stable-10888}", "stable-10888"),
        ("jitsi/jvb:${JITSI_IMAGE_VERSION}", nil), ("jitsi/jvb:latest", nil), ("jitsi/jvb", nil),
        ("localhost:5000/someone/else:stable-9823", nil),
    ])
    func anImageNamesTheRelease(image: String, release: String?) {
        let files = ["docker-compose.yml": "services:\n  one:\n    image: \(image)\n"]
        #expect(era(files).release?.description == release)
    }

    @Test func theVariableComesBeforeTheImagesAndImagesMustAgree() {
        let one = "services:\n  p:\n    image: jitsi/prosody:stable-9823\n"
        #expect(
            era(["docker-compose.yml": one, ".env": "JITSI_IMAGE_VERSION=stable-10741\n"]).release?.description
                == "stable-10741"
        )
        let two = one + "  j:\n    image: jitsi/jvb:stable-10888\n"
        #expect(era(["docker-compose.yml": two]).release == nil)
    }

    // MARK: - What follows

    @Test func theStepsFollowFromWhereTheFilesLie() throws {
        let tree = SampleTree(files: [
            ".env": "JVB_AUTH_PASSWORD=\(SampleTree.jvb)\n",
            "storage/prosody/data/auth%2emeet%2ejitsi/accounts/jvb.dat": "return {\n\t[\"stored_key\"] = \"00\";\n};\n",
        ])
        let step = try #require(try tree.plan().steps.first)
        #expect(step.commands[0].contains("--config /run/prosody/config/prosody.cfg.lua passwd jvb@auth.meet.jitsi"))
        #expect(
            step.text.contains("The release is stable-11146-2 and later, by the folder layout: Each start creates")
        )
        #expect(
            step.text.contains("storage/prosody/data/auth%2emeet%2ejitsi/accounts, in the folder that CONFIG names")
        )
        #expect(!step.text.contains("not named"))
    }

    @Test func withoutAReleaseTheConfigurationOfAContainerShowsTheRegime() {
        #expect(
            catalogue.regime(of: catalogue.layouts(withConfigurationAt: "/run/prosody/config/prosody.cfg.lua"))?.name
                == "create only"
        )
        #expect(catalogue.regime(of: catalogue.layouts(withConfigurationAt: "/config/prosody.cfg.lua")) == nil)
        #expect(catalogue.regime(of: catalogue.layouts(withConfigurationAt: "/etc/prosody/prosody.cfg.lua")) == nil)
    }
}
