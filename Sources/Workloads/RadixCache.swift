// SPDX-License-Identifier: MIT

/// A prefix tree as a cache: grown by requests that share prefixes, evicted leaf by leaf.
enum RadixCache {
  static let operations = WorkloadParameter(
    "operations", default: 1_000_000, in: 1...1_000_000_000, "calls of the allocator in all, divided over the threads")
  static let nodes = WorkloadParameter(
    "nodes", default: 50000, in: 64...10_000_000, "nodes beyond which leaves are evicted, over all threads")
  static let depth = WorkloadParameter("depth", default: 12, in: 2...64, "longest path of a request, in nodes")
  static let branches = WorkloadParameter("branches", default: 64, in: 2...1024, "different children a node can have")
  static let exponent = WorkloadParameter(
    fraction: "exponent", default: 1.0, in: 0...1.5,
    "how unequal children are: child k is asked for in proportion to 1 / k^exponent")
  static let maximumLabel = WorkloadParameter(
    "maximum-label", default: 256, in: 1...65536, unit: .bytes, "largest label of a node, beside the node's 64 bytes")
  static let nodeSize = 64

  static let workload = Workload(
    name: "radix-cache",
    summary:
      "a prefix tree grown, shared and evicted leaf by leaf: nodes of many ages and child arrays that are reallocated",
    origin:
      "the shape of the prefix caches of language-model servers and of routing tables; the numbers are chosen here",
    parameters: [operations, nodes, depth, branches, exponent, maximumLabel]
  ) { settings, emitter in
    let popularity = ZipfDistribution(count: settings.integer(branches), exponent: settings.fraction(exponent))
    // A cache that could hold every path there is would soon have nothing left to do.
    let possibleNodes = possibleNodeCount(branches: settings.integer(branches), depth: settings.integer(depth))
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread), popularity: popularity,
        maximumDepth: settings.integer(depth), maximumLabel: settings.integer(maximumLabel),
        capacity: max(1, min(settings.share(of: nodes, thread: thread), possibleNodes / 2)),
        operationCount: settings.share(of: operations, thread: thread))
    }
    try emitter.interleave(&scripts)
  }

  /// The nodes of a full tree, or a number beyond every capacity.
  private static func possibleNodeCount(branches: Int, depth: Int) -> Int {
    var total = 0
    var level = 1
    for _ in 0..<depth where total < 1 << 30 {
      level *= branches
      total += level
    }
    return total
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let popularity: ZipfDistribution
    let maximumDepth: Int
    let maximumLabel: Int
    let capacity: Int
    let operationCount: Int
    var tree = RadixTree()

    /// One request: a path is walked as far as it is there, and the rest is added.
    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      guard tree.operationCount < operationCount else {
        guard tree.nodeCount > 0 else { return false }
        try tree.evictLeaf(&random, by: thread, &emitter)
        return true
      }
      var node = RadixTree.root
      for _ in 0..<random.uniform(in: 1...maximumDepth) {
        let branch = popularity.next(&random)
        if let child = tree.child(of: node, branch: branch) {
          node = child
        } else {
          let size = nodeSize + random.uniform(in: 1...maximumLabel)
          node = try tree.addChild(of: node, branch: branch, size: size, by: thread, &emitter)
        }
        tree.use(node)
      }
      while tree.nodeCount > capacity { try tree.evictLeaf(&random, by: thread, &emitter) }
      return true
    }
  }
}
