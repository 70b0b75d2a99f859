import Dispatch
import Foundation
import Glibc

/// The minimum time to read the files: each is opened, read into one buffer and closed, on several threads.
enum ReadFloor {
    /// Returns the median time of `runs` runs, in seconds.
    static func seconds(_ corpus: Corpus, threads: Int, runs: Int) -> Double {
        let files = Corpus.files(below: corpus.path).map { corpus.path + "/" + $0 }
        let clock = ContinuousClock()
        return Summary.median(
            (0..<runs).map { _ in
                Measurement.seconds(
                    clock.measure {
                        DispatchQueue.concurrentPerform(iterations: threads) { worker in
                            read(files, from: worker, step: threads)
                        }
                    }
                )
            }
        )
    }

    private static func read(_ files: [String], from first: Int, step: Int) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        for index in stride(from: first, to: files.count, by: step) {
            let descriptor = open(files[index], O_RDONLY)
            guard descriptor >= 0 else { continue }
            while Glibc.read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
            close(descriptor)
        }
    }
}
