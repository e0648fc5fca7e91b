// SPDX-License-Identifier: MIT

import ArgumentParser

struct GateSelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "self-test")
}
