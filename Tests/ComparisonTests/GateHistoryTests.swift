// SPDX-License-Identifier: MIT

import Comparison
import Testing

@Suite("Stored sessions")
struct GateHistoryTests {
  private func session(_ number: Int, machine: String = "machine") throws -> GateSession {
    let figure = try #require(
      GateSessionFigure(
        cellIdentifier: "tiny", title: "tiny-hot", metric: .throughput, differences: [0.1, 0.2, 0.3, 0.15],
        referenceMedian: 2e7))
    let day = number < 10 ? "0\(number)" : "\(number)"
    return GateSession(
      identifier: "\(machine) \(number)", began: "2026-03-\(day)T10:00:00Z",
      identity: GateIdentity(
        environmentIdentifier: machine, workerSHA256: "w", workloadHash: "h", referenceSHA256: "r"),
      figures: [figure])
  }

  private func refusal(_ session: GateSession, after earlier: [GateSession] = []) throws -> GateHistoryFault? {
    var history = GateHistory()
    for session in earlier { try history.append(session) }
    do { try history.append(session) } catch { return error }
    return nil
  }

  @Test("an estimate is the centre of the rounds")
  func estimate() throws {
    // Walsh averages .1 .125 .15 .15 .175 .2 .2 .225 .25 .3
    #expect(abs(try #require(session(1).figures.first).estimate - 0.1875) < 1e-12)
    func figure(_ differences: [Double], _ median: Double) -> GateSessionFigure? {
      GateSessionFigure(
        cellIdentifier: "tiny", title: "tiny", metric: .throughput, differences: differences, referenceMedian: median)
    }
    #expect(figure([], 1) == nil)
    #expect(figure([0.1, .nan], 1) == nil)
    #expect(figure([0.1, .infinity], 1) == nil)
    #expect(figure([0.1], 0) == nil)
    #expect(figure([0.1], .infinity) == nil)
    #expect(figure([0.1], .nan) == nil)
    #expect(figure([0.1], 1) != nil)
  }

  @Test("a session that cannot be judged by is refused")
  func refused() throws {
    let first = try session(1)
    #expect(try refusal(first, after: [session(2)]) == nil)
    #expect(try refusal(first, after: [session(2), session(1)]) == .repeatedSession("machine 1"))
    var session = first
    session.identifier = ""
    #expect(try refusal(session, after: [first]) == .namelessSession(place: 2))
    session = first
    session.figures = []
    #expect(try refusal(session) == .emptySession("machine 1"))
    session = first
    session.figures += session.figures
    #expect(
      try refusal(session) == .repeatedFigure(session: "machine 1", title: "tiny-hot", metric: .throughput))
    let unsound = GateHistoryFault.unsoundFigure(session: "machine 1", title: "tiny-hot", metric: .throughput)
    for change: (inout GateSessionFigure) -> Void in [
      { $0.estimate += 1e-6 }, { $0.estimate = .nan }, { $0.differences = [] }, { $0.differences[0] = .nan },
      { $0.referenceMedian = -1 }, { $0.referenceMedian = .infinity },
    ] {
      session = first
      change(&session.figures[0])
      #expect(try refusal(session) == unsound)
    }
  }

  @Test("the latest 30 sessions of an identity are kept, in the order in which they came")
  func limit() throws {
    var history = GateHistory()
    try history.append(session(5, machine: "other"))
    for number in (1...GateHistory.sessionLimit).reversed() { try history.append(session(number)) }
    #expect(history.sessions.count == 31)
    // Not the first one in the file, but the oldest.
    try history.append(session(31))
    #expect(history.sessions.count == 31)
    #expect(
      history.sessions.map(\.identifier) == ["other 5"] + (2...30).reversed().map { "machine \($0)" } + ["machine 31"])
  }

  @Test("whatever is wrong is said in words of its own")
  func words() {
    let faults: [GateHistoryFault] = [
      .otherVersion(2), .namelessSession(place: 3), .repeatedSession("s"), .emptySession("s"),
      .unsoundFigure(session: "s", title: "tiny", metric: .peakRSS),
      .repeatedFigure(session: "s", title: "tiny", metric: .peakRSS),
    ]
    #expect(
      faults.map(\.words) == [
        "it has schema version 2, and this acebench reads 1", "session number 3 has no identifier",
        "it has session s twice", "session s has no figures",
        "session s: the peak-rss of tiny is not what its rounds come to", "session s has the peak-rss of tiny twice",
      ])
  }
}
