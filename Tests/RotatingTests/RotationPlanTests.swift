import Detecting
import Documents
import Foundation
import Sodium
import Testing

@testable import Rotating

@Suite struct RotationPlanTests {
    private let tree = SampleTree.standard

    // MARK: - What changes

    @Test func replacesEachSecretEverywhereAndNothingElse() throws {
        let plan = try tree.plan()
        #expect(
            plan.secrets.map(\.names) == [
                ["JICOFO_AUTH_PASSWORD"], ["JVB_AUTH_PASSWORD"], ["JIGASI_XMPP_PASSWORD"], ["TURN_CREDENTIALS"],
            ]
        )
        #expect(try tree.applying(plan).files == tree.replacing(plan).files)
    }

    @Test func countsThePlacesByFile() throws {
        let plan = try tree.plan()
        func places(of name: String) -> [String: Int] {
            let places = plan.secrets.first { $0.names == [name] }?.places ?? []
            return Dictionary(uniqueKeysWithValues: places.map { ($0.path, $0.count) })
        }
        #expect(
            places(of: "JVB_AUTH_PASSWORD") == [
                ".env": 1, "NOTES.md": 1, "cfg/jvb.conf": 1, "docker-compose.override.yml": 1,
                "gcloud/instance.json": 1, "template/deployment.yaml": 1,
            ]
        )
        #expect(places(of: "JIGASI_XMPP_PASSWORD") == [".env": 1, "cfg/jigasi.properties": 2])
        #expect(places(of: "TURN_CREDENTIALS") == [".env": 1, "cfg/prosody.cfg.lua": 1, "cfg/turnserver.conf": 1])
        #expect(plan.paths == plan.paths.sorted())
    }

    @Test func mintsValuesOfTheShapeThatEveryReaderTakes() throws {
        let plan = try tree.plan(RotationOptions(only: ["JVB_AUTH_PASSWORD", "JWT_APP_SECRET"]))
        let digits = Set("0123456789abcdef")
        let values = plan.secrets.map { String(decoding: $0.fresh.bytes, as: UTF8.self) }
        #expect(values.map(\.count) == [32, 64])
        #expect(values.allSatisfy { $0.allSatisfy(digits.contains) })
    }

    @Test func everySecretGetsAValueOfItsOwn() throws {
        let plan = try tree.plan()
        #expect(Set(plan.secrets.map(\.fresh.bytes)).count == plan.secrets.count)
    }

    @Test func aSecondRotationFindsTheSamePlaces() throws {
        let first = try tree.plan()
        let after = try tree.applying(first)
        let second = try RotationPlan(for: after.documents(), catalogue: .jitsi(), random: .system)
        #expect(second.secrets.map(\.names) == first.secrets.map(\.names))
        #expect(second.secrets.map(\.places) == first.secrets.map(\.places))
    }

    @Test func findsNothingWhereNothingIs() throws {
        let plan = try SampleTree(files: ["README.md": "nothing\n", "env.example": "JVB_AUTH_PASSWORD=changeme\n"])
            .plan()
        #expect(plan.isEmpty && plan.paths.isEmpty && plan.kept.isEmpty && plan.steps.isEmpty)
        #expect(try plan.editedFiles().isEmpty)
    }

    @Test(arguments: [
        "", "${OTHER}", "$OTHER", "{{ properties['x'] }}", "<your password>", "$(openssl rand -hex 16)",
    ])
    func leavesReferencesAndBlanksAlone(value: String) throws {
        let plan = try SampleTree(files: [".env": "JVB_AUTH_PASSWORD=\(value)\n"]).plan()
        #expect(plan.isEmpty)
    }

    // MARK: - Options

    @Test func onlyNarrowsToWhatIsNamed() throws {
        let plan = try tree.plan(RotationOptions(only: ["JVB_AUTH_PASSWORD"]))
        #expect(plan.secrets.map(\.names) == [["JVB_AUTH_PASSWORD"]])
        #expect(plan.kept.first { $0.setting.name == "JICOFO_AUTH_PASSWORD" }?.reason == .notAsked)
    }

    @Test func exceptLeavesOut() throws {
        let plan = try tree.plan(RotationOptions(except: ["JVB_AUTH_PASSWORD", "TURN_CREDENTIALS"]))
        #expect(plan.secrets.map(\.names) == [["JICOFO_AUTH_PASSWORD"], ["JIGASI_XMPP_PASSWORD"]])
    }

    @Test func whatOthersMustChangeStaysUnlessNamed() throws {
        let plan = try tree.plan()
        #expect(
            plan.kept.map { "\($0.setting.name) \($0.reason)" } == [
                "JWT_APP_SECRET sharedWithAnother", "LDAP_BINDPW sharedWithAnother", "JVB_SENTRY_DSN issuedElsewhere",
            ]
        )
        #expect(plan.kept[1].explanation.contains("the LDAP directory must change it too"))

        let named = try tree.plan(RotationOptions(only: ["LDAP_BINDPW", "JWT_APP_SECRET"]))
        #expect(named.secrets.map(\.names) == [["JWT_APP_SECRET"], ["LDAP_BINDPW"]])
        #expect(named.steps[0].text.contains("the LDAP directory"))
        #expect(try tree.applying(named).files == tree.replacing(named).files)
    }

    @Test(arguments: [
        (RotationOptions(only: ["NO_SUCH_SECRET"]), RotationError.Code.unknownName),
        (RotationOptions(except: ["NO_SUCH_SECRET"]), .unknownName),
        (RotationOptions(only: ["JIBRI_XMPP_PASSWORD"]), .notFound),
        (RotationOptions(only: ["JVB_SENTRY_DSN"]), .issuedElsewhere),
        (RotationOptions(only: ["PUBLIC_URL"]), .notASecret),
    ])
    func refusesWhatCannotBeChanged(options: RotationOptions, code: RotationError.Code) {
        #expect(throws: RotationError(code, "")) { try tree.plan(options) }
    }

    // MARK: - Values that say something

    @Test func aReusedValueIsOneSecretAndNoted() throws {
        let tree = SampleTree(files: [".env": "JVB_AUTH_PASSWORD=hunter-22-x\nJICOFO_AUTH_PASSWORD=hunter-22-x\n"])
        let plan = try tree.plan()
        #expect(plan.secrets.map(\.names) == [["JICOFO_AUTH_PASSWORD", "JVB_AUTH_PASSWORD"]])
        #expect(plan.secrets[0].notes == [.short(bytes: 11), .reused])
        #expect(try tree.applying(plan).files == tree.replacing(plan).files)
    }

    @Test func aValueSharedWithWhatStaysIsRefused() throws {
        let tree = SampleTree(files: [".env": "JVB_AUTH_PASSWORD=hunter-22-x\nLDAP_BINDPW=hunter-22-x\n"])
        #expect(throws: RotationError(.sharedValue, "")) { try tree.plan() }
        #expect(throws: RotationError(.sharedValue, "")) { try tree.plan(RotationOptions(only: ["LDAP_BINDPW"])) }
        let both = try tree.plan(RotationOptions(only: ["JVB_AUTH_PASSWORD", "LDAP_BINDPW"]))
        #expect(both.secrets.map(\.names) == [["JVB_AUTH_PASSWORD", "LDAP_BINDPW"]])
        #expect(try tree.plan(RotationOptions(except: ["JVB_AUTH_PASSWORD"])).isEmpty)
    }

    @Test func aDefaultIsNotedAsWeak() throws {
        let plan = try SampleTree(files: [".env": "JICOFO_COMPONENT_SECRET=s3cr37\n"]).plan()
        #expect(plan.secrets.map(\.notes.first) == [.weak])
    }

    @Test func aCommonWordChangesOnlyWhereItsSettingIsKnown() throws {
        let tree = SampleTree(files: [
            ".env": "JVB_AUTH_PASSWORD=admin\nJICOFO_AUTH_PASSWORD=admin\nOTHER=admin\n",
            "README.md": "Log in as admin.\n",
        ])
        let plan = try tree.plan()
        #expect(plan.secrets.map(\.names) == [["JICOFO_AUTH_PASSWORD"], ["JVB_AUTH_PASSWORD"]])
        #expect(plan.secrets.allSatisfy { $0.notes == [.weak, .common] })
        #expect(plan.paths == [".env"])
        let fresh = plan.secrets.map { String(decoding: $0.fresh.bytes, as: UTF8.self) }
        let expected = "JVB_AUTH_PASSWORD=\(fresh[1])\nJICOFO_AUTH_PASSWORD=\(fresh[0])\nOTHER=admin\n"
        #expect(try tree.applying(plan).files[".env"] == expected)
    }

    @Test func twoValuesOfOneSettingStayTwo() throws {
        let other = "9c41d07ae83b45f6b2d81c6e90fa7354"
        let tree = tree.with("staging/.env", "JVB_AUTH_PASSWORD=\(other)\n")
        let plan = try tree.plan()
        let secrets = plan.secrets.filter { $0.names == ["JVB_AUTH_PASSWORD"] }
        #expect(secrets.count == 2)
        #expect(secrets.allSatisfy { $0.notes.contains(.several(values: 2)) })
        #expect(try tree.applying(plan).files == tree.replacing(plan).files)
    }

    @Test func aValueInsideOfALongerOneChangesWithIt() throws {
        let short = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
        let tree = SampleTree(files: [
            ".env": "JVB_AUTH_PASSWORD=\(short)\nJICOFO_AUTH_PASSWORD=x\(short)x\n",
            "README.md": "x\(short)x \(short)\n",
        ])
        let plan = try tree.plan()
        let fresh = plan.secrets.map { String(decoding: $0.fresh.bytes, as: UTF8.self) }
        #expect(try tree.applying(plan).files["README.md"] == "\(fresh[0]) \(fresh[1])\n")
    }

    @Test func whatComposeHalvesIsTheSameValue() throws {
        let tree = SampleTree(files: [
            ".env": "JVB_AUTH_PASSWORD='Lemur$9-torque-x'\n",
            "docker-compose.yml": "services:\n  jvb:\n    environment:\n      JVB_AUTH_PASSWORD: 'Lemur$$9-torque-x'\n",
        ])
        let plan = try tree.plan()
        #expect(plan.secrets.map(\.placeCount) == [2])
        let fresh = String(decoding: plan.secrets[0].fresh.bytes, as: UTF8.self)
        let after = try tree.applying(plan).files
        #expect(after.values.allSatisfy { $0.contains("'\(fresh)'") })
    }

    // MARK: - Copies

    @Test func copiesAreLeftAsTheyAreAndReported() throws {
        let tree = tree.with("cfg/jvb.conf~", "PASSWORD = \"\(SampleTree.jvb)\"\n")
        let plan = try tree.plan()
        #expect(
            plan.warnings == [
                .secretsRemain(path: ".bash_history", copy: .history, replaced: 1, others: 0),
                .secretsRemain(path: ".env.bak", copy: .backup, replaced: 0, others: 1),
                .secretsRemain(path: "cfg/jvb.conf~", copy: .backup, replaced: 1, others: 0),
            ]
        )
        let after = try tree.applying(plan)
        for path in [".bash_history", ".env.bak", "cfg/jvb.conf~", "env.example"] {
            #expect(after.files[path] == tree.files[path])
        }
    }

    @Test func aFileThatIsNoTextIsLeftAsItIsAndReported() throws {
        let tree = tree.with("grafana.db", "SQLite format 3\0\u{1}\0\u{2}\(SampleTree.jvb)\0\u{3}\0")
        let plan = try tree.plan()
        #expect(plan.warnings.contains(.notText(path: "grafana.db", replaced: 1)))
        #expect(!plan.paths.contains("grafana.db"))
    }

    @Test func aRealValueInAnExampleChangesToo() throws {
        let tree = tree.with("env.example", "JVB_AUTH_PASSWORD=changeme\n# was \(SampleTree.jvb)\n")
        let plan = try tree.plan()
        #expect(try tree.applying(plan).files == tree.replacing(plan).files)
        #expect(plan.paths.contains("env.example"))
    }

    @Test(arguments: [
        ("app.conf.dpkg-bak", StrayCopy.backup), ("app.conf.ucf-old", .backup), ("app.conf.rpmorig", .backup),
        ("app.conf.prev", .backup), ("app.conf.last", .backup), ("app.conf.copy", .backup), ("app.conf.bkp", .backup),
        ("app.conf-old", .backup), ("app.conf.bak2", .backup), ("app.conf_copy", .backup),
        ("app.conf.pacsave", .backup),
        (".env.bak", StrayCopy.backup), ("a/turnserver.conf~", .backup), ("notes.orig", .backup), ("x.bak.2", .backup),
        ("a/.env.20260131", .backup), ("turnserver.conf-2026-01-31", .backup), ("env-backup", .backup),
        ("terraform.tfstate", .state), ("terraform.tfstate.backup", .backup), (".bash_history", .history),
        ("home/u/.zsh_history", .history), ("data/.shell_history", .history),
        (".env.2026-01-31T23:59:58", .backup), (".env-20260131-2359", .backup), ("a.yml.scrubjay-new", .backup),
    ])
    func knowsACopyByItsName(path: String, copy: StrayCopy) {
        #expect(StrayCopy(path: path) == copy)
    }

    @Test(arguments: [
        ".env", "history.md", "backup/.env", "bak", ".bak", "a.bakery", "20260131", "id-12345678", "a20260131",
        "backup.sh", "a.20261331", "build-20260131123", "create_backup", "bin/pg-backup",
    ])
    func knowsWhatIsNoCopy(path: String) {
        #expect(StrayCopy(path: path) == nil)
    }

    @Test func terraformsStateIsNotMadeUp() throws {
        let state = #"{"version": 4, "outputs": {"note": {"value": "\#(SampleTree.jvb)"}}}"#
        let plan = try tree.with("terraform.tfstate", state).plan()
        #expect(!plan.paths.contains("terraform.tfstate"))
        let warning = try #require(plan.warnings.first { $0.paths == ["terraform.tfstate"] })
        #expect(warning.message.contains("the next 'terraform apply' rewrites it"))
    }

    // MARK: - Steps

    @Test func listsTheStepsThatRemainInOrder() throws {
        let steps = try tree.plan().steps
        #expect(steps.count == 5)
        #expect(steps[0].text.hasPrefix("Tell the other sides first. TURN_CREDENTIALS, at the TURN server"))
        let prosodyctl = "docker compose exec prosody prosodyctl --config /config/prosody.cfg.lua passwd"
        #expect(
            steps[1].commands == [
                "\(prosodyctl) focus@auth.meet.test", "\(prosodyctl) jvb@auth.meet.test",
                "\(prosodyctl) jigasi@auth.meet.test",
            ]
        )
        #expect(steps[2].text.contains("in this order: coturn, prosody, jicofo, jvb, jigasi, transcriber."))
        #expect(steps[2].commands == ["docker compose up -d"])
        #expect(steps[3].text.contains("TURN_TTL"))
    }

    @Test func accountsNeedNoStepWhereEachStartSetsThem() throws {
        let tree = SampleTree(files: [".env": "JITSI_IMAGE_VERSION=stable-9823\nJVB_AUTH_PASSWORD=\(SampleTree.jvb)\n"])
        let commands = try tree.plan().steps.flatMap(\.commands)
        #expect(commands.first == "docker compose up -d")
    }

    @Test func whereTheReleaseIsUnknownEveryRegimeIsExplained() throws {
        let tree = SampleTree(files: [".env": "JVB_AUTH_PASSWORD=\(SampleTree.jvb)\nJVB_AUTH_USER=bridge\n"])
        let steps = try tree.plan().steps
        for regime in try Catalogue.jitsi().regimes { #expect(steps[0].text.contains(regime.meaning)) }
        #expect(steps[0].commands.map { $0.hasSuffix(" passwd bridge@auth.meet.jitsi") } == [true])
    }

    @Test func theConfigurationMovedWithTheRootlessImages() throws {
        let tree = SampleTree(files: [".env": "JITSI_IMAGE_VERSION=stable-11146\nJVB_AUTH_PASSWORD=\(SampleTree.jvb)\n"]
        )
        let commands = try tree.plan().steps.flatMap(\.commands)
        #expect(commands[0].contains("--config /run/prosody/config/prosody.cfg.lua"))
    }

    @Test func anAccountFileInClearIsRewrittenAndNeedsNoStep() throws {
        let path = "data/auth%2emeet%2ejitsi/accounts/jvb.dat"
        let tree = SampleTree(files: [
            ".env": "JVB_AUTH_PASSWORD=\(SampleTree.jvb)\n",
            path: "return {\n\t[\"password\"] = \"\(SampleTree.jvb)\";\n};\n",
        ])
        let plan = try tree.plan()
        #expect(plan.paths.contains(path))
        #expect(!plan.steps.flatMap(\.commands).contains { $0.contains("passwd") })
    }

    // MARK: - What is never shown

    @Test func noDescriptionShowsAValue() throws {
        let tree = tree.with("copy.bak", SampleTree.secrets.joined(separator: "\n"))
        let plan = try tree.plan()
        let fresh = plan.secrets.map { String(decoding: $0.fresh.bytes, as: UTF8.self) }
        var texts = [plan.description, String(reflecting: plan), "\(plan.secrets)", "\(plan.kept)", "\(plan.warnings)"]
        var dumped = ""
        dump(plan, to: &dumped)
        texts.append(dumped)
        for options in [RotationOptions(only: ["NO"]), RotationOptions(only: ["JVB_SENTRY_DSN"])] {
            do {
                _ = try tree.plan(options)
                Issue.record("no error")
            } catch {
                texts += ["\(error)", String(reflecting: error)]
            }
        }
        for text in texts {
            #expect(!text.isEmpty)
            for value in SampleTree.secrets + fresh {
                #expect(!text.contains(value) && !text.contains(SampleTree.base64(value)))
                #expect(!text.contains("\(Array(value.utf8))".dropFirst().dropLast()))
            }
        }
        #expect(plan.description.contains("JVB_AUTH_PASSWORD: new value in 6 places"))
    }
}
