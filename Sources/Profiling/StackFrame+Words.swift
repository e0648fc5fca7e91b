// SPDX-License-Identifier: MIT

extension StackFrame {
  /// What stands for a function of which not even the module is known.
  public static let unknownFunction = "[unknown]"

  /// Whether symbols were missing: the name is a place in a module, or nothing.
  var isNameless: Bool { function == Self.unknownFunction || function.hasPrefix(module.name + "+0x") }

  /// The module, and what else there is to say, in a line.
  var placeText: String {
    let place = module.path.isEmpty ? (origin == .kernel ? "kernel" : "unknown module") : module.path
    return isInlined ? place + ", inlined" : place
  }
}
