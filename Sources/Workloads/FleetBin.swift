// SPDX-License-Identifier: MIT

/// One range of block sizes in production services: how often it is asked for and how much of it is live.
struct FleetBin: Sendable {
  /// Sizes of the bin, in bytes.
  let sizes: ClosedRange<Int>
  /// Percent of all allocations.
  let allocationShare: Double
  /// Percent of all live blocks.
  let liveShare: Double

  /// Means over the ten profiles TCMALLOC_0 to TCMALLOC_9 of Google's fleetbench (fleetbench/tcmalloc/distributions,
  /// Apache-2.0), binned by size.
  ///
  /// Bins above 1 MiB (0.001 % of allocations) are left out: their live share comes from single profiles with heaps of
  /// many gigabytes, and would fill a heap of a few megabytes with one block.
  static let all: [FleetBin] = [
    FleetBin(sizes: 1...16, allocationShare: 11.309, liveShare: 7.548),
    FleetBin(sizes: 17...32, allocationShare: 23.091, liveShare: 26.260),
    FleetBin(sizes: 33...48, allocationShare: 18.573, liveShare: 15.062),
    FleetBin(sizes: 49...64, allocationShare: 11.916, liveShare: 12.502),
    FleetBin(sizes: 65...96, allocationShare: 9.521, liveShare: 14.399),
    FleetBin(sizes: 97...128, allocationShare: 5.976, liveShare: 5.525),
    FleetBin(sizes: 129...256, allocationShare: 7.835, liveShare: 7.518),
    FleetBin(sizes: 257...512, allocationShare: 4.607, liveShare: 4.286),
    FleetBin(sizes: 513...1024, allocationShare: 2.518, liveShare: 1.740),
    FleetBin(sizes: 1025...2048, allocationShare: 1.241, liveShare: 1.092),
    FleetBin(sizes: 2049...4096, allocationShare: 1.904, liveShare: 2.484),
    FleetBin(sizes: 4097...8192, allocationShare: 1.034, liveShare: 1.038),
    FleetBin(sizes: 8193...16384, allocationShare: 0.199, liveShare: 0.326),
    FleetBin(sizes: 16385...32768, allocationShare: 0.095, liveShare: 0.148),
    FleetBin(sizes: 32769...65536, allocationShare: 0.102, liveShare: 0.027),
    FleetBin(sizes: 65537...131072, allocationShare: 0.061, liveShare: 0.004),
    FleetBin(sizes: 131073...262144, allocationShare: 0.014, liveShare: 0.002),
    FleetBin(sizes: 262145...1_048_576, allocationShare: 0.002, liveShare: 0.001),
  ]

  /// A size of the bin: seven in ten are multiples of 16, two in ten odd multiples of 8, the rest anything, so that
  /// about 29 % of allocations are not multiples of 16 (19 to 42 % in the profiles).
  func size(_ random: inout SplitMix64) -> Int {
    let draw = random.uniform(below: 10)
    guard draw < 9 else { return random.uniform(in: sizes) }
    let granules = (sizes.upperBound - sizes.lowerBound + 1) / 16
    let multiple = sizes.upperBound - 16 * random.uniform(below: granules)
    return draw < 7 ? multiple : multiple - 8
  }
}
