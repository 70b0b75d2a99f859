import Collecting
import Foundation
import Rotating
import Sodium

extension Prover {
    /// A client for tests.
    static var ofTest: Prover {
        let pace = Pace(
            now: { .nanoseconds(Int64(DispatchTime.now().uptimeNanoseconds)) },
            wait: { time in
                let part = time.components.attoseconds / 1_000_000_000_000
                usleep(UInt32(time.components.seconds * 1_000_000 + part))
            }
        )
        let environment = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
        return Prover(programs: Programs(environment: environment, pace: pace), random: .system)
    }
}
