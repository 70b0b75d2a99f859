import Foundation
import TestKit
import Testing

/// Runs every verb on a deployment with planted values, and looks for them in all that came out.
@Suite struct SecrecyTests {
    /// Planted values that nothing but the deployment itself may hold.
    static let canaries = [
        "canary0f1e2d3c4b5a6978", "Canary&3 otters#41", "canary-wren.test", "canarywren", "245.99.88.77",
        "canary-meet-274816", "c4n4ry-b4s3-64-v4lu3",
    ]

    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        let base64 = Data("c4n4ry-b4s3-64-v4lu3".utf8).base64EncodedString()
        try folder.write(
            """
            PUBLIC_URL=https://meet.canary-wren.test
            LETSENCRYPT_EMAIL=canarywren@canary-wren.test
            DOCKER_HOST_ADDRESS=245.99.88.77
            JVB_AUTH_PASSWORD=canary0f1e2d3c4b5a6978
            LDAP_BINDPW="Canary&3 otters#41"
            JIGASI_XMPP_PASSWORD=c4n4ry-b4s3-64-v4lu3
            CONFIG=/home/canarywren/.jitsi-meet-cfg

            """,
            to: "deployment/.env"
        )
        try folder.write(
            "deploy: gcloud --project canary-meet-274816 compute ssh canarywren@245.99.88.77\n",
            to: "deployment/NOTES.md"
        )
        try folder.write(
            "net.java.sip.communicator.impl.protocol.jabber.acc-xmpp-1.PASSWORD=\(base64)\n",
            to: "deployment/jigasi/sip-communicator.properties"
        )
        _ = try tool.shell(
            "git init -q deployment && cd deployment && git add .env && git -c user.name=a -c user.email=a@example.com"
                + " commit -qm 1 && git add NOTES.md jigasi"
        )
        try folder.write("bad: [unclosed\n  x: canary0f1e2d3c4b5a6978\n", to: "deployment/broken.yaml")
    }

    private func spill(_ bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        return Self.canaries.filter { canary in
            let forms = [canary, Data(canary.utf8).base64EncodedString().replacing("=", with: "")]
            return forms.contains { text.localizedCaseInsensitiveContains($0) }
        }
    }

    private func check(_ run: Tool.Run, _ what: String) {
        #expect(spill(run.output).isEmpty, "standard output of \(what)")
        #expect(spill(run.notices).isEmpty, "standard error of \(what)")
    }

    @Test func theCanariesAreThere() throws {
        let all = try folder.files().flatMap { try folder.read($0) }
        #expect(spill(all).count == Self.canaries.count)
    }

    @Test func noVerbShowsAValue() throws {
        let lines = [
            "scan deployment", "scan deployment --format json", "scan deployment --format jsonl",
            "scan deployment --format sarif", "scan deployment --write-baseline baseline.json",
            "scan deployment --baseline baseline.json", "scan --staged deployment", "scan --history deployment",
            "scan --history deployment --format sarif",
            "collect deployment --output collected --dry-run", "collect deployment --output collected",
            "sanitize deployment --output clean --dry-run", "sanitize deployment --output clean",
            "sanitize collected --output clean/../clean2", "sanitize deployment --output clean",
            "sanitize deployment --output clean3 --dry-run --report p.html --report p.json --report p.md",
            "sanitize deployment --output clean3 --report r.html --report r.json --report r.md",
            "scan clean", "keygen --output own --no-password", "bundle clean --output b.tar.gz --key own.key",
            "bundle deployment --output c.tar.gz --key own.key", "verify b.tar.gz --public-key own.pub",
            "verify b.tar.gz --public-key own.pub --format json", "hydrate b.tar.gz --public-key own.pub --list",
            "hydrate b.tar.gz --public-key own.pub --list --format table",
            "hydrate b.tar.gz --public-key own.pub --list --format json",
            "hydrate b.tar.gz --public-key own.pub --output mine",
            "bundle clean --output n.tar.zst --key own.key --attest",
            "verify n.tar.zst --public-key own.pub --against clean",
            "verify b.tar.gz --public-key own.pub --against deployment --state state.json",
            "hydrate b.tar.gz --public-key own.pub --output deployment --update --dry-run",
            "drift b.tar.gz deployment --public-key own.pub", "sanitize other --output other-clean --no-map",
            "bundle other-clean --output o.tar.gz --key own.key", "drift o.tar.gz deployment --public-key own.pub",
            "drift o.tar.gz deployment --insecure --format json",
            "keygen --age --output my", "sanitize deployment --output mapped --identity my.identity --dry-run",
            "sanitize deployment --output mapped --identity my.identity",
            "sanitize deployment --output mapped --identity my.identity --force",
            "sanitize deployment --output mapped", "sanitize deployment --output mapped2 --map deployment/m.age",
            "bundle mapped --output m.tar.gz --key own.key --map deployment.scrubjay-map.age --identity my.identity",
            "keygen --output site --no-password; git init -q site; "
                + "scrubjay publish deployment --to site --key own.key --identity my.identity --no-commit --attest",
            "publish deployment --to site --key own.key --identity my.identity --no-commit --bundle-version 2.0",
            "restore mapped --map deployment.scrubjay-map.age --identity my.identity --output original --dry-run",
            "restore mapped --map deployment.scrubjay-map.age --identity my.identity --output original",
            "restore clean --map deployment.scrubjay-map.age --identity my.identity --output original2",
            "restore mapped --map deployment.scrubjay-map.age --identity own.key --output original2",
            "rotate deployment --dry-run", "rotate deployment --only LDAP_BINDPW --dry-run", "rotate deployment",
            "rotate deployment --format json", "rotate deployment --only NO_SUCH", "rules list",
            "rotate deployment --list", "rotate deployment --list --format json", "rotate deployment --resume",
            "rotate deployment --live --docker no-such-docker", "rotate deployment --rollback",
            "rotate deployment --length 64", "rotate deployment --forget",
        ]
        // A bundle from which every line of the deployment differs.
        try folder.write("NOTHING=alike\n", to: "other/.env")
        for line in lines { check(try tool.shell("scrubjay \(line) </dev/null"), line) }
        // What was rotated away is gone; the rest is where its owner put it or wanted it back, and nowhere else.
        let holders = ["deployment/", "collected/", "original/", "original2/"]
        #expect(try folder.files().contains("deployment.scrubjay-map.age"))
        for path in try folder.files() where !holders.contains(where: path.hasPrefix) {
            #expect(spill(try folder.read(path)).isEmpty, "\(path)")
            #expect(spill(Array(path.utf8)).isEmpty, "\(path)")
        }
        #expect(Set(try folder.files()).isSuperset(of: ["p.html", "p.json", "p.md", "r.html", "r.json", "r.md"]))
        for path in ["b.tar.gz"] {
            let tar = try tool.shell("gzip -dc \(path)")
            #expect(tar.status == 0 && !tar.output.isEmpty)
            check(tar, "the archive")
        }
    }

    @Test func aDirtyTreeIsNotPacked() throws {
        let run = try tool.shell(
            """
            scrubjay sanitize deployment --output clean 2>/dev/null && cp deployment/.env clean/extra.env \
            && scrubjay keygen --output own --no-password >/dev/null 2>&1 \
            && scrubjay bundle clean --output b.tar.gz --key own.key
            """
        )
        #expect(run.status == 1)
        check(run, "bundle")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/b.tar.gz"))
    }

    @Test func givenValuesAreNotShown() throws {
        let value = "given-canary-98765"
        try folder.write("ldap_bindpw: \(value)\njvb_auth_password: \(value)\nno_such: \(value)\n", to: "values.yml")
        let run = try tool.shell(
            """
            scrubjay sanitize deployment --output clean 2>/dev/null \
            && scrubjay keygen --output own --no-password >/dev/null 2>&1 \
            && scrubjay bundle clean --output b.tar.gz --key own.key >/dev/null 2>&1 \
            && scrubjay hydrate b.tar.gz --public-key own.pub --output mine --values values.yml </dev/null
            """
        )
        #expect(run.status == 2)
        #expect(!run.said.contains(value) && !run.text.contains(value))
    }

    @Test func anUpdateShowsNoValue() throws {
        try folder.write(
            "PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n",
            to: "old/.env"
        )
        try folder.write(
            "PUBLIC_URL=https://meet.wren.test\n# newer\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n",
            to: "new/.env"
        )
        let mine = "by-hand-canary-4711"
        let made = try tool.shell(
            """
            set -e; scrubjay keygen --output own --no-password
            for v in old new; do
                scrubjay sanitize $v --output $v-clean; scrubjay bundle $v-clean --output $v.tar.gz --key own.key --name wren
            done
            scrubjay hydrate old.tar.gz --public-key own.pub --output mine --set public_domain=finch.test
            sed -i 's/PASSWORD=.*/PASSWORD=\(mine)/' mine/.env; echo "MORE=\(mine)" >> mine/.env
            """
        )
        try #require(made.status == 0, "\(made.said)")
        let run = try tool.shell(
            """
            scrubjay hydrate new.tar.gz --public-key own.pub --output mine --update --dry-run
            scrubjay hydrate new.tar.gz --public-key own.pub --output mine --update
            scrubjay hydrate new.tar.gz --public-key own.pub --output mine --update --force
            """
        )
        #expect(run.status == 0, "\(run.said)")
        #expect(run.text.contains("+ line 2: # newer"))
        #expect(!run.text.contains(mine) && !run.said.contains(mine))
        #expect(!run.text.contains("finch.test") && !run.said.contains("finch.test"))
        // The password that was set by hand stays.
        #expect(String(decoding: try folder.read("mine/.env"), as: UTF8.self).contains("JVB_AUTH_PASSWORD=\(mine)"))
    }

    @Test func theProcessTakesNoCoreDump() throws {
        // The child waits for its standard input, so that its limits can be looked at.
        let run = try tool.shell(
            """
            ulimit -c unlimited; mkfifo in; (sleep 2 > in) & scrubjay scan - < in > out 2>&1 & pid=$!; sleep 1
            grep 'Max core file size' /proc/$pid/limits; wait
            """
        )
        #expect(run.text.split(separator: " ").dropFirst(4).first == "0", "\(run.text)\(run.said)")
    }
}
