// SPDX-License-Identifier: MIT

import Experiments
import Testing

@Suite("The doctor")
struct DoctorTests {
  @Test("says that nothing can be measured when the worker does not start")
  func blocked() throws {
    let findings = try Doctor(worker: "/nowhere/acebench-worker", recorder: nil).examine()
    #expect(findings.filter { $0.verdict == .blocked }.map(\.check) == ["allocators"])
  }
}
