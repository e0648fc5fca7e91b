// SPDX-License-Identifier: MIT

/// Names for the places that samples were taken at. Files are looked into when they are first asked for.
struct LocationSymbols {
  private let modules: SampledModules
  private var symbols: [UInt32: ModuleSymbols] = [:]
  private var triedModules: Set<UInt32> = []
  private let kernel: KernelSymbols?

  init(_ modules: SampledModules, kernel: KernelSymbols?) {
    self.modules = modules
    self.kernel = kernel
  }

  /// The function at a place.
  mutating func frame(at location: SampleCollector.Location) -> StackFrame {
    switch location.module {
    case SampledModules.unknown: return StackFrame(function: StackFrame.unknownFunction)
    case SampledModules.kernel:
      let function = kernel?.function(at: location.offset)
      return StackFrame(
        function: function?.name ?? "[kernel]", module: ProfileModule(path: "[kernel]"), origin: .kernel,
        address: function?.start ?? 0)
    default: break
    }
    if triedModules.insert(location.module).inserted, let bytes = modules.files[Int(location.module)] {
      symbols[location.module] = ModuleSymbols(bytes, path: modules.paths[Int(location.module)])
    }
    let path = modules.paths[Int(location.module)]
    guard let known = symbols[location.module] else {
      let module = ProfileModule(path: path)
      // Without the file there is no telling where one function ends and the next begins.
      return StackFrame(function: "\(module.name)+0x\(String(location.offset, radix: 16))", module: module)
    }
    let function = known.function(atFileOffset: location.offset)
    return StackFrame(
      function: function.name, module: ProfileModule(path: path, buildIdentifier: known.buildIdentifier),
      address: function.address)
  }
}
