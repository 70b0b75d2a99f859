import Foundation
import TestKit
import Testing

private let hasAge = FileManager.default.isExecutableFile(atPath: "/usr/bin/age-keygen")

/// A deployment with its secrets, sealed to the hosts that run it.
@Suite(.enabled(if: hasAge, "age is not installed, so there are no identities to seal to"))
struct PrivateBundleTests {
    private static let secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        try folder.write("JVB_AUTH_PASSWORD=\(Self.secret)\n", to: "live/.env")
        try folder.write("#!/bin/sh\n", to: "live/run.sh")
        let made = try tool.shell(
            """
            set -e
            chmod 755 live/run.sh
            scrubjay keygen --output own --no-password
            age-keygen -o host.key; age-keygen -o other.key; age-keygen -y host.key > host.pub
            scrubjay bundle live --private --recipient "$(cat host.pub)" --output live-1.0.tar.gz.age --key own.key
            """
        )
        try #require(made.status == 0, "\(made.said)")
    }

    @Test func opensWithItsIdentity() throws {
        let run = try tool.shell(
            """
            set -e
            scrubjay verify live-1.0.tar.gz.age --public-key own.pub --identity host.key | grep private
            scrubjay hydrate live-1.0.tar.gz.age --public-key own.pub --identity host.key --output opened
            stat -c %a opened/.env opened/run.sh
            diff -r live opened
            age -d -i host.key live-1.0.tar.gz.age | tar -tzf -
            minisign -V -q -p own.pub -m live-1.0.tar.gz.age
            """
        )
        #expect(run.status == 0, "\(run.said)")
        #expect(run.text == "private    sealed, not sanitized\n600\n700\nscrubjay.json\n.env\nrun.sh\n")
    }

    @Test func leavesOutWhatIsNotTheDeployment() throws {
        let run = try tool.shell(
            """
            set -e
            git init -q live
            scrubjay rotate live --identity host.key >/dev/null
            ls -A live | grep -c rotation
            scrubjay bundle live --private --recipient "$(cat host.pub)" --output live-1.1.tar.gz.age --key own.key
            age -d -i host.key live-1.1.tar.gz.age | tar -tzf -
            """
        )
        #expect(run.status == 0, "\(run.said)")
        #expect(
            run.text.hasPrefix("2\n") && run.text.hasSuffix("SHA256SUMS\nscrubjay.json\n.env\nrun.sh\n"),
            "\(run.text)"
        )
        for left in [".git (a git folder)", ".scrubjay-rotation.age (state of a rotation)"] {
            #expect(run.said.contains("left out: \(left)\n"), "\(run.said)")
        }
    }

    @Test func showsNothingToOthers() throws {
        for name in ["live-1.0.tar.gz.age", "live-1.0.tar.gz.age.minisig", "SHA256SUMS"] {
            let bytes = try folder.read(name)
            #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.secret))
        }
        for arguments in ["", "--identity other.key"] {
            for verb in ["verify", "hydrate --output opened"] {
                let run = try tool.shell("scrubjay \(verb) live-1.0.tar.gz.age --public-key own.pub \(arguments)")
                #expect(run.status != 0)
                #expect(!run.said.isEmpty)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/opened"))
    }

    @Test func isNeverTakenForAPublicOne() throws {
        // Each is signed again, so that nothing but the form speaks against it.
        let variants = [
            // What is inside, under the name of a public one.
            "age -d -i host.key live-1.0.tar.gz.age > b.tar.gz",
            // A public archive, sealed by somebody.
            "scrubjay sanitize live --output clean; scrubjay bundle clean --output c.tar.gz --key own.key; "
                + "age -r \"$(cat host.pub)\" c.tar.gz > b.tar.gz.age",
            "cp live-1.0.tar.gz.age b.tar.gz",
        ]
        for variant in variants {
            let run = try tool.shell(
                """
                rm -rf b.tar.gz* opened
                \(variant)
                file=$(ls b.tar.gz*)
                case $file in *.age) what=age; sum=$(b2sum -l 256 $file | cut -d' ' -f1) ;;
                *) what=tar; sum=$(gzip -dc $file 2>/dev/null | b2sum -l 256 | cut -d' ' -f1) ;; esac
                minisign -S -s own.key -m $file \
                    -t "$(printf 'timestamp:1767225600\\tfile:%s\\thashed\\t%s:blake2b-256:%s' $file $what $sum)"
                scrubjay hydrate $file --public-key own.pub --identity host.key --output opened
                """
            )
            #expect(run.status == 1, "\(variant): \(run.said)")
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/opened"))
        }
    }

    @Test func wantsItsNameAndItsRecipients() throws {
        for arguments in [
            "--private --output x.tar.gz.age", "--recipient age1x --output x.tar.gz.age",
            "--private --recipient age1x --output x.tar.gz.age",
            "--private --recipient \"$(cat host.pub)\" --output x.tar.gz",
        ] {
            let run = try tool.shell("scrubjay bundle live --key own.key \(arguments)")
            #expect(run.status != 0, "\(arguments)")
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.tar.gz"))
        }
    }
}
