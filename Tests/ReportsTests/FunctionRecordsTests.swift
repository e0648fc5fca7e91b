// SPDX-License-Identifier: MIT

import Profiling
import Reports
import Testing

@Suite("The records of functions")
struct FunctionRecordsTests {
  @Test("have a function each, and two columns for each measure that can be added up")
  func records() {
    var profile = StackProfile(measures: [
      ProfileMeasure(name: "cpu time", unit: .nanoseconds), .ownPeakBytes, .allocatedBytes,
    ])
    let main = profile.index(
      of: StackFrame(function: "main", module: ProfileModule(path: "/bin/a,b", buildIdentifier: "ff00")))
    let fault = profile.index(of: StackFrame(function: "page_fault", origin: .kernel))
    let unused = profile.index(of: StackFrame(function: "unused"))
    profile.add(stack: [main, fault], values: [700, 1, 0])
    profile.add(stack: [main], values: [300, 1, 64])
    profile.add(stack: [main, unused], values: [0, 0, 0])
    let table = FunctionRecords.table(of: FunctionTotals(profile))
    #expect(
      table.render(.csv) == """
        function,module,build_id,origin,is_inlined,cpu_time_ns,cpu_time_ns_total,allocated_bytes,allocated_bytes_total
        page_fault,,,kernel,no,700,700,0,0
        main,"/bin/a,b",ff00,user,no,300,1000,64,64

        """)
  }
}
