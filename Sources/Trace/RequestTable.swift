// SPDX-License-Identifier: MIT

/// The distinct requests of a frame and how often each was made: a hash table that is emptied for every frame.
struct RequestTable: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var request: AllocationRequest
    var count: UInt32
    /// The token that stands for the request, or `PackedToken.rareRequest`.
    var token: UInt8
  }

  private var entries = FlatArray<Entry>(capacity: 1024)
  /// Entry number plus one, or 0.
  private var buckets = FlatArray<UInt32>()
  private static let bucketBits: UInt64 = 17

  init() {
    buckets.resize(to: 1 << Self.bucketBits, repeating: 0)
  }

  func request(_ index: UInt32) -> AllocationRequest { entries[Int(index)].request }
  func token(_ index: UInt32) -> UInt8 { entries[Int(index)].token }

  /// Counts a request and returns its number.
  mutating func count(_ request: AllocationRequest) -> UInt32 {
    let key = request.size &* 256 &+ UInt64(request.kind) &* 64 &+ UInt64(request.alignmentShift)
    // Derived from the golden ratio, as in Knuth, The Art of Computer Programming 3, section 6.4.
    var bucket = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> (64 - Self.bucketBits))
    while true {
      let number = buckets[bucket]
      if number == 0 {
        entries.append(Entry(request: request, count: 1, token: PackedToken.rareRequest))
        buckets[bucket] = UInt32(truncatingIfNeeded: entries.count)
        return UInt32(truncatingIfNeeded: entries.count - 1)
      }
      let index = Int(number) - 1
      if entries[index].request == request {
        entries[index].count &+= 1
        return UInt32(truncatingIfNeeded: index)
      }
      bucket = (bucket &+ 1) & (1 << Int(Self.bucketBits) - 1)
    }
  }

  /// Gives a token to each of the most frequent requests and returns them in the order of their tokens.
  mutating func assignTokens() -> [AllocationRequest] {
    var repeated = (0..<entries.count).filter { entries[$0].count > 1 }
    repeated.sort { (entries[$0].count, $1) > (entries[$1].count, $0) }
    let chosen = repeated.prefix(PackedToken.requestLimit)
    for (token, index) in chosen.enumerated() {
      entries[index].token = PackedToken.firstRequest + UInt8(token)
    }
    return chosen.map { entries[$0].request }
  }

  mutating func removeAll() {
    entries.removeAll()
    buckets.removeAll()
    buckets.resize(to: 1 << Self.bucketBits, repeating: 0)
  }
}
