// SPDX-License-Identifier: MIT

extension SystemSource {
  /// The size of the first processor's data or unified cache of a level, as the kernel writes it ("1024K").
  func cacheSize(level: Int) -> String? {
    for index in 0..<8 {
      let cache = "/sys/devices/system/cpu/cpu0/cache/index\(index)"
      guard text(cache + "/level") == String(level), text(cache + "/type") != "Instruction" else { continue }
      return text(cache + "/size")
    }
    return nil
  }

  /// "none" when the processor does not say that it is virtual, nil when processors of its kind never do.
  func hypervisor(processorFlags: String?) -> String? {
    let name = text("/sys/hypervisor/type") ?? text("/sys/class/dmi/id/sys_vendor")
    guard let processorFlags else { return text("/sys/hypervisor/type") }
    guard processorFlags.split(separator: " ").contains("hypervisor") else { return "none" }
    return name ?? "unknown"
  }

  /// The kind of container that this process runs in; nil when nothing points to one.
  var container: String? {
    if environment["KUBERNETES_SERVICE_HOST"] != nil { return "kubernetes" }
    if exists("/.dockerenv") { return "docker" }
    if exists("/run/.containerenv") { return "podman" }
    return environment["container"]
  }
}
