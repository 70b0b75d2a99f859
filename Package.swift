// swift-tools-version: 6.2

import PackageDescription

// Scrubjay runs on Linux: it writes with Linux's own calls (CLinux), and its C libraries come from the distribution.
let package = Package(
    name: "scrubjay",
    products: [
        .executable(name: "scrubjay", targets: ["scrubjay"]),
        .library(name: "ScrubjayKit", targets: ["ScrubjayKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    ],
    targets: [
        // MARK: - The command line

        // Starts the command line and turns its outcome into the exit status.
        .executableTarget(name: "scrubjay", dependencies: ["ScrubjayCommands"]),

        // The commands, one file each: from arguments to workflow, reporter and exit status.
        .target(
            name: "ScrubjayCommands",
            dependencies: [
                "ScrubjayKit", "Collecting", "Detecting", "Sanitizing", "Rotating", "Bundling", "Documents", "Archive",
                "Sodium", "Errors", "CLinux",
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // MARK: - The library

        // The workflows: the only module that combines the stages below.
        .target(
            name: "ScrubjayKit",
            dependencies: [
                "Collecting", "Detecting", "Sanitizing", "Rotating", "Bundling", "Documents", "Archive", "Sodium",
                "Errors",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),

        // MARK: - The stages; each may use the values of an earlier one

        // Reads a deployment from its source; changes trees of files atomically.
        .target(
            name: "Collecting",
            dependencies: [
                "Documents", "Archive", "Sodium", "Errors", "CEmbeddedData", "CLinux",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Data"]
        ),

        // Rules, detectors and propagation: from documents to findings.
        .target(
            name: "Detecting",
            dependencies: ["Collecting", "Documents", "Sodium", "CVectorscan", "CPublicSuffix", "CEmbeddedData"],
            exclude: ["Data"]
        ),

        // Parameters, stand-ins, the residue check and the sealed map: from findings to a clean tree.
        .target(name: "Sanitizing", dependencies: ["Detecting", "Documents", "Archive", "Sodium", "Errors"]),

        // The secret catalogue, the rotation plan and its receipt.
        .target(
            name: "Rotating",
            dependencies: ["Collecting", "Detecting", "Documents", "Sodium", "Errors", "CEmbeddedData"],
            exclude: ["Data"]
        ),

        // Manifest, signature, verification and hydration of bundles.
        .target(
            name: "Bundling",
            dependencies: ["Sanitizing", "Detecting", "Documents", "Archive", "Sodium", "Errors"]
        ),

        // MARK: - The foundations of the stages

        // Text files read into addressed values over their bytes, and edited by span.
        .target(name: "Documents", dependencies: ["Archive", "Errors", "CLinux", "CYAML"]),

        // libarchive, zlib and zstd: writes one canonical form, reads untrusted archives.
        .target(name: "Archive", dependencies: ["Errors", "CArchive"]),

        // libsodium: locked memory, random, hashes, Ed25519, scrypt, files of age; and nettle for SHA-2, SHA-1 and MD5.
        .target(name: "Sodium", dependencies: ["Errors", "CSodium", "CNettle"]),

        // What the errors of all modules have in common.
        .target(name: "Errors"),

        // The rules, words and tables of the `Data` folders, compiled in.
        .target(name: "CEmbeddedData"),

        // MARK: - System C libraries

        // System calls that Swift's overlay lacks.
        .systemLibrary(name: "CLinux"),

        .systemLibrary(
            name: "CSodium",
            pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        .systemLibrary(
            name: "CArchive",
            pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev", "zlib1g-dev", "libzstd-dev"])]
        ),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(
            name: "CVectorscan",
            pkgConfig: "libhs",
            providers: [.apt(["libvectorscan-dev"])]
        ),
        .systemLibrary(
            name: "CPublicSuffix",
            pkgConfig: "libpsl",
            providers: [.apt(["libpsl-dev"])]
        ),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // MARK: - Tests

        // Shared by the test targets: the fixture, a seeded generator, marked text.
        .target(name: "TestKit", path: "Tests/TestKit"),
        .testTarget(name: "SodiumTests", dependencies: ["Sodium", "Archive", "TestKit"], exclude: ["Vectors"]),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive", "TestKit"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Archive", "TestKit"]),
        .testTarget(
            name: "CollectingTests",
            dependencies: [
                "Collecting", "Documents", "Sodium", "TestKit",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Provider", "Cloud/expand.py"]
        ),
        .testTarget(name: "DetectingTests", dependencies: ["Detecting", "Collecting", "Documents", "TestKit"]),
        .testTarget(
            name: "SanitizingTests",
            dependencies: ["Sanitizing", "Detecting", "Documents", "Archive", "Sodium", "TestKit"]
        ),
        .testTarget(
            name: "RotatingTests",
            dependencies: [
                "Rotating", "Collecting", "Detecting", "Documents", "Sodium", "TestKit",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Data"]
        ),
        .testTarget(
            name: "BundlingTests",
            dependencies: ["Bundling", "Sanitizing", "Detecting", "Documents", "Archive", "Sodium", "TestKit"]
        ),
        // The harnesses of scripts/fuzz, run on the inputs of their corpus.
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["Bundling", "Sanitizing", "Detecting", "Documents", "Archive", "Sodium"],
            path: "Fuzzing",
            exclude: ["Main.swift", "Corpus"]
        ),
        .testTarget(
            name: "ScrubjayKitTests",
            dependencies: [
                "ScrubjayKit", "Archive", "Collecting", "Detecting", "Sanitizing", "Rotating", "Bundling", "Documents",
                "Sodium", "TestKit",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "TestKit", "scrubjay", "ScrubjayCommands", "ScrubjayKit", "Collecting", "Sanitizing", "Rotating",
                "Detecting",
                "Sodium",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Transcripts", "Reports"]
        ),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)

for target in package.targets where target.type != .system && target.name != "CEmbeddedData" {
    var settings: [SwiftSetting] = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if target.type != .test && target.name != "TestKit" {
        settings.append(.strictMemorySafety())
    }
    target.swiftSettings = settings
}
