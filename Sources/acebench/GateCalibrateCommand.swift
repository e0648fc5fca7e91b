// SPDX-License-Identifier: MIT

import ArgumentParser

struct GateCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "calibrate")
}
