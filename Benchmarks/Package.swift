// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "benchmarks",
    targets: [
        // Runs Scrubjay and its peers on the same files, one after another, and compares time and memory.
        .executableTarget(
            name: "benchmarks",
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
        )
    ],
    swiftLanguageModes: [.v6]
)
