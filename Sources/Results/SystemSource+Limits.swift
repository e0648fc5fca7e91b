// SPDX-License-Identifier: MIT

extension SystemSource {
  /// The closest CPU limit above this process, `<quota> <period>` in microseconds; nil when there is none.
  var processorLimit: String? {
    for folder in folders(ofController: "") {
      guard let limit = text(folder + "/cpu.max"), !limit.hasPrefix("max") else { continue }
      return limit
    }
    for folder in folders(ofController: "cpu") {
      guard let quota = text(folder + "/cpu.cfs_quota_us"), !quota.hasPrefix("-"),
        let period = text(folder + "/cpu.cfs_period_us")
      else { continue }
      return quota + " " + period
    }
    return nil
  }

  /// The closest memory limit above this process in bytes; nil when there is none.
  var memoryLimit: String? {
    for folder in folders(ofController: "") {
      guard let limit = text(folder + "/memory.max"), limit != "max" else { continue }
      return limit
    }
    for folder in folders(ofController: "memory") {
      // Version 1 says "no limit" by the largest page-aligned number.
      guard let limit = text(folder + "/memory.limit_in_bytes"), let byteCount = UInt64(limit), byteCount < 1 << 62
      else { continue }
      return limit
    }
    return nil
  }

  /// The control groups that this process is in, innermost first: of version 2 for "", of version 1 for a
  /// controller's name.
  ///
  /// Lines of /proc/self/cgroup read `4:memory:/a/b`, or `0::/a/b` for version 2; see cgroups(7). Inside a container
  /// the path may be that of the host, so that only the root folder is there.
  private func folders(ofController controller: String) -> [String] {
    let mounts = controller.isEmpty ? ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] : ["/sys/fs/cgroup/" + controller]
    for line in (text("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1].split(separator: ",", omittingEmptySubsequences: false).contains(controller[...])
      else { continue }
      var names = parts[2].split(separator: "/")
      var folders: [String] = []
      while !names.isEmpty {
        folders += mounts.map { "\($0)/\(names.joined(separator: "/"))" }
        names.removeLast()
      }
      return folders + mounts
    }
    return []
  }
}
