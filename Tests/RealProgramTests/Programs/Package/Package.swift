// swift-tools-version: 6.0
// SPDX-License-Identifier: MIT

import PackageDescription

let package = Package(
  name: "describe",
  targets: [.target(name: "Shapes"), .executableTarget(name: "describe", dependencies: ["Shapes"])]
)
