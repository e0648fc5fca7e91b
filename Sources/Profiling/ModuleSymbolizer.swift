// SPDX-License-Identifier: MIT

/// Names for places in programs and libraries, by the files themselves. A file is looked into when it is first asked for.
public struct ModuleSymbolizer {
  private var modules: SampledModules
  private var symbols: [UInt32: ModuleSymbols] = [:]
  private var triedModules: Set<UInt32> = []
  private let kernel: KernelSymbols?

  /// Looks into files by their paths, as they are now.
  public init() { self.init(SampledModules(), kernel: nil) }

  /// Looks into files that are open already, and into the kernel's list.
  init(_ modules: SampledModules, kernel: KernelSymbols?) {
    self.modules = modules
    self.kernel = kernel
  }

  /// The function at a place that was mapped from a file.
  ///
  /// Without symbols it is `module+0xADDRESS`, where the function begins, if that is known; without a file, `[unknown]`.
  ///
  /// - Parameters:
  ///   - path: The file, or the kernel's name of the mapping, such as `[vdso]`.
  ///   - fileOffset: Of a byte of the instruction: for a return address, of the byte before it.
  public mutating func frame(path: String, fileOffset: UInt64) -> StackFrame {
    frame(at: SampleCollector.Location(module: modules.index(ofPath: path), offset: fileOffset))
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
    let path = modules.paths[Int(location.module)]
    if triedModules.insert(location.module).inserted, let bytes = modules.files[Int(location.module)] {
      symbols[location.module] = ModuleSymbols(bytes, path: path)
    }
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
