// SPDX-License-Identifier: MIT

/// The setting in force against one rival, on alternating epochs. Two epochs in a row are a pair, in an order that is drawn, so
/// that nothing with a rhythm of its own favours one of them; the cheaper one wins the pair.
///
/// The rival wins when its rating leads by `winningLead` and its mean cost is the lower one: a setting that is a little cheaper as
/// a rule and very dear at times is not what anybody wants. It loses when it trails by `losingLead`, after `drawnPairs` of which
/// none was decided, and after `mostPairs`. Simulated with costs that differ by 5 % and a noise of 10 % in each epoch, the better
/// rival wins every second contest and the worse one about one in a thousand; one that is equal wins three in a hundred.
struct Contest {
  enum Verdict: UInt8 {
    case open
    case rivalWins
    case incumbentStays
    /// There was nothing to compare for too long.
    case abandoned
  }

  /// Costs that differ by less are a draw: the unit of the cost function, so 0.7 % of time and memory each.
  @inline(__always) static var deadBand: Double { 0.01 }
  /// In rating points.
  @inline(__always) static var winningLead: Double { 180 }
  @inline(__always) static var losingLead: Double { 60 }
  @inline(__always) static var mostPairs: UInt32 { 120 }
  @inline(__always) static var drawnPairs: UInt32 { 8 }
  /// Epochs without a cost, in a row.
  @inline(__always) static var mostSilentEpochs: UInt32 { 32 }

  private var incumbentRating = Rating()
  private var rivalRating = Rating()
  private let neededLead: Double
  private var firstCost: Double?
  private var silentEpochs: UInt32 = 0
  private var draws: UInt32 = 0
  private var incumbentCostSum: Double = 0
  private var rivalCostSum: Double = 0

  /// Whether the coming epoch is the rival's.
  private(set) var isRivalsTurn: Bool
  /// Pairs decided or drawn, and those of them that the rival won.
  private(set) var pairs: UInt32 = 0
  private(set) var wins: UInt32 = 0

  /// `caution` is how many times the usual lead the rival needs.
  init(caution: Double = 1, draw: inout Draw) {
    neededLead = Self.winningLead * caution
    isRivalsTurn = draw.coin()
  }

  /// The rating points by which the rival leads.
  var lead: Double { rivalRating.points - incumbentRating.points }
  /// Over the pairs; 0 before the first.
  var meanIncumbentCost: Double { pairs == 0 ? 0 : incumbentCostSum / Double(pairs) }
  var meanRivalCost: Double { pairs == 0 ? 0 : rivalCostSum / Double(pairs) }

  /// Takes the cost of the epoch that ended. One without a cost breaks its pair, which begins anew: epochs of a pair are
  /// neighbours, or the program is no longer the same.
  mutating func epochEnded(cost: Double?, draw: inout Draw) -> Verdict {
    guard let cost, cost.isFinite else {
      silentEpochs &+= 1
      beginPair(&draw)
      return silentEpochs >= Self.mostSilentEpochs ? .abandoned : .open
    }
    silentEpochs = 0
    guard let firstCost else {
      self.firstCost = cost
      isRivalsTurn.toggle()
      return .open
    }
    if isRivalsTurn { score(incumbent: firstCost, rival: cost) } else { score(incumbent: cost, rival: firstCost) }
    beginPair(&draw)
    return verdict
  }

  private mutating func beginPair(_ draw: inout Draw) {
    firstCost = nil
    isRivalsTurn = draw.coin()
  }

  private mutating func score(incumbent: Double, rival: Double) {
    pairs &+= 1
    incumbentCostSum += incumbent
    rivalCostSum += rival
    var score = 0.5
    if rival < incumbent - Self.deadBand {
      score = 1
      wins &+= 1
    } else if rival > incumbent + Self.deadBand {
      score = 0
    } else {
      draws &+= 1
    }
    rivalRating.play(against: &incumbentRating, score: score)
  }

  private var verdict: Verdict {
    if lead >= neededLead { return rivalCostSum < incumbentCostSum ? .rivalWins : .incumbentStays }
    if lead <= -Self.losingLead || pairs >= Self.mostPairs { return .incumbentStays }
    return draws == pairs && pairs >= Self.drawnPairs ? .incumbentStays : .open
  }
}
