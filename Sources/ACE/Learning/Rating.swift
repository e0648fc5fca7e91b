// SPDX-License-Identifier: MIT

/// How strong a setting is, by the games that it played: Elo, "The Rating of Chessplayers, Past and Present", 1978. Who is 400
/// points ahead is expected to win ten games for each lost.
struct Rating {
  var points: Double = 1500

  /// Points that a game moves at most, on each side. Small, so that what is left of luck after many games, about 65 points of
  /// lead, stays well below the lead that wins a contest.
  @inline(__always) static var stake: Double { 24 }

  /// The mean score to be expected of a game, from 0 to 1: 1 / (1 + 10^((other − own) / 400)).
  func expectedScore(against other: Rating) -> Double {
    1 / (1 + Binary.power((other.points - points) * (Self.binaryLogarithmOfTen / 400)))
  }

  /// Moves both ratings by a game's score, 1 for `self`'s victory, ½ for a draw, 0 for its defeat. Their sum stays.
  mutating func play(against other: inout Rating, score: Double) {
    let gain = Self.stake * (score - expectedScore(against: other))
    points += gain
    other.points -= gain
  }

  @inline(__always) private static var binaryLogarithmOfTen: Double { 3.321_928_094_887_362_3 }
}
