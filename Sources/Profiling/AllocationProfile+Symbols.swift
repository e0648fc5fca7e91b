// SPDX-License-Identifier: MIT

import Trace

extension AllocationProfile {
  /// The profile with the names that the files of the program's modules tell, as they are on this machine now. Without its file, a
  /// module's functions are places in it.
  public func stackProfile() -> StackProfile {
    var symbolizer = ModuleSymbolizer()
    return stackProfile { address, module in
      guard let module, !module.path.isEmpty else { return [StackFrame(function: StackFrame.unknownFunction)] }
      let offset = module.fileOffset &+ (address &- module.addresses.lowerBound)
      let frame = symbolizer.frame(path: module.path, fileOffset: offset)
      guard frame.function == StackFrame.unknownFunction else { return [frame] }
      let place = ProfileModule(path: module.path)
      return [StackFrame(function: "\(place.name)+0x\(String(offset, radix: 16))", module: place)]
    }
  }
}
