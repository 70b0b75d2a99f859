import Foundation
import TestKit
import Testing

/// `rotate --live --docker podman`, with podman's own Compose.
@Suite(
    .serialized,
    .enabled(
        if: Services.hasPodman,
        "podman or Prosody is not installed, or this is not root: scripts/setup --with-services"
    )
)
struct LivePodmanTests {
    @Test func theNewPasswordIsLetInAndTheOldOneIsNot() throws {
        let era = LiveDockerTests.eras[2]
        let host = try ContainerHost(.podman, release: era.release, start: era.start)
        let run = try host.rotate("--live", "--format", "json", "--patience", "60")
        #expect(run.status == 0, "\(run.said)\(run.text)")
        let live = try LiveAnswer.rotation(run)
        #expect(live.proved)
        for name in ["JVB_AUTH_PASSWORD", "JICOFO_AUTH_PASSWORD"] {
            let secret = try #require(live.secret(name))
            #expect(secret.new == "accepted" && secret.old == "refused" && secret.sessionsEnded == true, "\(name)")
            #expect(secret.recreated.count == 2, "\(secret.recreated)")
        }
        let component = try #require(live.secret("JICOFO_COMPONENT_SECRET"))
        #expect(component.new == "accepted" && component.old == "refused")
        #expect(try host.logIn("jvb", try host.value("JVB_AUTH_PASSWORD")) == "accepted")
        #expect(try host.logIn("jvb", ContainerHost.passwords["JVB_AUTH_PASSWORD"] ?? "") == "refused")
        print("live rotation, podman: \(live.milliseconds) ms")
    }
}
