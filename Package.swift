// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT
import PackageDescription

let nio = "swift-nio"

/// For `@_lifetime`: Swift 6.3 knows by itself what 6.2 has to be told of a span.
let lifetimes = SwiftSetting.enableExperimentalFeature("Lifetimes")

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  lifetimes,
]

/// Pairs of neighbouring numbers that LLVM makes of vectors are loaded across what was just stored, and the processor
/// waits for the store: without them a sample takes a fifth less, to the same bits.
let scalar = SwiftSetting.unsafeFlags(["-Xllvm", "-vectorize-slp=false"], .when(configuration: .release))

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ linked: [LinkerSetting] = [],
  _ settings: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict + settings, linkerSettings: linked)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: [.treatAllWarnings(as: .error), lifetimes])
}

let package = Package(
  name: "postured",
  products: [
    .executable(name: "postured", targets: ["postured"]),
    .executable(name: "posturectl", targets: ["posturectl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The core: no import at all, and libm only because a debug build calls sqrt by name.
    library("PostureCore", [], [.linkedLibrary("m")], [scalar]),
    library("HAL"),
    library("Drivers", ["PostureCore", "HAL"]),
    library("PostureSimulation", ["PostureCore", "HAL"]),

    .systemLibrary(name: "CI2C", providers: [.apt(["libi2c-dev"])]),
    .systemLibrary(name: "CLinux"),
    library("LinuxIO", ["HAL", "CI2C", "CLinux"]),

    // Paced sessions and breaks, and what is trained from day to day: values in, values out.
    library("PosturePacing", ["PostureCore"]),
    library("PostureProgramme", ["PostureCore"]),
    library("PostureFormats", ["PostureCore", "PosturePacing", "PostureProgramme"]),

    // Days and weeks.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    library("PostureHistory", ["PostureCore", "PostureProgramme", "PostureFormats", "LinuxIO", "CSQLite"]),
    library(
      "PostureDemo",
      ["PostureCore", "PostureFormats", "PostureHistory", "PostureProgramme", "PostureSimulation", "LinuxIO"]),

    // Pictures. Of its own, so that the daemon carries none of it.
    .target(
      name: "PosturePlots", dependencies: ["PostureCore", "PostureFormats"],
      resources: [.embedInCode("Page")], swiftSettings: strict),
    .target(
      name: "PostureReports",
      dependencies: ["PosturePlots", "PostureHistory", "PostureProgramme", "PostureFormats", "LinuxIO"],
      resources: [.embedInCode("Page")], swiftSettings: strict),
    library("PostureTuning", ["PostureCore", "PostureFormats"]),
    library(
      "PostureService",
      [
        "PostureCore", "HAL", "Drivers", "LinuxIO", "PostureFormats", "PostureHistory", "PosturePacing",
        "PostureProgramme",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: nio),
        .product(name: "NIOPosix", package: nio),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),

    .executableTarget(
      name: "postured",
      dependencies: [
        "PostureCore", "HAL", "Drivers", "PostureSimulation", "LinuxIO", "PostureFormats", "PostureService",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOPosix", package: nio),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "posturectl",
      dependencies: [
        "PostureCore", "PostureSimulation", "LinuxIO", "PostureFormats", "PostureHistory", "PosturePacing",
        "PostureProgramme", "PostureDemo", "PosturePlots", "PostureReports", "PostureTuning",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The kernel rig's end of the bus: a simulated chip behind a real adapter.
    .executableTarget(
      name: "simulated-sensor", dependencies: ["PostureSimulation", "PostureCore", "HAL", "LinuxIO"],
      path: "Tests/Kernel/Sensor", swiftSettings: strict),

    // The power cuts of the history: what is stored, and what is left of it.
    .executableTarget(
      name: "history-rig",
      dependencies: ["PostureHistory", "LinuxIO", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/History/Rig", swiftSettings: strict),

    // The accuracy harness's desk work: the true motion of a simulated wearer.
    .executableTarget(
      name: "simulated-hours", dependencies: ["PostureSimulation", "PostureCore"], path: "Tests/Accuracy/Hours",
      swiftSettings: strict),

    // The decisions against simulated days of which the truth is known.
    .target(
      name: "Evaluation", dependencies: ["PostureSimulation", "PostureCore"], path: "Tests/Evaluation/Scoring",
      swiftSettings: strict),
    .executableTarget(
      name: "evaluate",
      dependencies: [
        "Evaluation", "PostureSimulation", "PostureCore", "PostureFormats", "LinuxIO",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Evaluation/Program", swiftSettings: strict),

    .target(name: "AllocationSpy", path: "Tests/AllocationSpy"),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: [.treatAllWarnings(as: .error)]),
    tests("PostureCoreTests", ["PostureCore"]),
    tests("DriversTests", ["Drivers", "PostureSimulation", "PostureCore", "HAL"]),
    tests("PostureSimulationTests", ["PostureSimulation", "PostureCore", "HAL"]),
    tests("EvaluationTests", ["Evaluation", "PostureSimulation", "PostureCore"]),
    tests("LinuxIOTests", ["LinuxIO", "HAL", "TestSupport"]),
    tests("PosturePacingTests", ["PosturePacing", "PostureFormats", "PostureSimulation", "PostureCore"]),
    tests("PostureFormatsTests", ["PostureFormats", "PosturePacing", "PostureProgramme", "PostureCore"]),
    tests(
      "PostureHistoryTests",
      ["PostureHistory", "PostureProgramme", "PostureFormats", "LinuxIO", "PostureCore", "TestSupport"]),
    tests("PostureProgrammeTests", ["PostureProgramme", "PostureSimulation", "PostureCore"]),
    tests(
      "PostureDemoTests",
      ["PostureDemo", "PostureHistory", "PostureFormats", "PostureSimulation", "LinuxIO", "PostureCore", "TestSupport"]),
    tests("PostureReportsTests", ["PostureReports", "PostureHistory", "PostureFormats", "LinuxIO", "TestSupport"]),
    tests("PosturePlotsTests", ["PosturePlots", "PostureFormats", "PostureCore", "TestSupport"]),
    tests("PostureTuningTests", ["PostureTuning", "PostureFormats", "PostureSimulation", "PostureCore"]),
    tests(
      "PostureServiceTests",
      [
        "PostureService", "PostureFormats", "PostureHistory", "PosturePacing", "PostureProgramme", "PostureSimulation",
        "Drivers", "PostureCore", "HAL", "LinuxIO", "AllocationSpy", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOPosix", package: nio),
      ]),
    tests("FixtureTests", ["postured", "PostureFormats", "PostureCore", "PostureSimulation", "TestSupport"]),
    tests("CommandTests", ["postured", "posturectl", "evaluate", "PostureFormats", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
