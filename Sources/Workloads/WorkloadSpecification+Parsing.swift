// SPDX-License-Identifier: MIT

extension WorkloadSpecification {
  /// Reads what someone typed: `larson`, `larson:2000000,1000`, `larson:chunks=1000,maximum-size=4KiB`, or the
  /// canonical text with brackets.
  ///
  /// Values without a name go to the parameters in order; `seed=N` is taken by every workload.
  public init(parsing text: String) throws(WorkloadError) {
    let name = text.prefix { $0 != ":" && $0 != "(" }
    guard let workload = WorkloadCatalog.named(String(name)) else {
      throw .unknownWorkload(
        name: String(name), nearest: NearestName.suggestions(for: String(name), among: WorkloadCatalog.all.map(\.name)))
    }
    self.init(workload)
    var list = text.dropFirst(name.count)
    guard let opening = list.first else { return }
    list = list.dropFirst()
    if opening == "(" {
      guard list.last == ")" else { throw .malformed(text: text) }
      list = list.dropLast()
    }
    guard !list.isEmpty else { return }
    try readItems(list, of: text)
    try checkOrder()
  }

  /// Sets one parameter from its text.
  public mutating func set(_ name: String, to text: String) throws(WorkloadError) {
    try assign(name, text[...])
    try checkOrder()
  }

  private mutating func readItems(_ list: Substring, of text: String) throws(WorkloadError) {
    var given: Set<String> = []
    var position = 0
    for item in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard !item.isEmpty else { throw .malformed(text: text) }
      let name: String
      let value: Substring
      if let equals = item.firstIndex(of: "=") {
        name = String(item[..<equals])
        value = item[item.index(after: equals)...]
      } else {
        guard position < workload.parameters.count else {
          throw .tooManyValues(workload: workload.name, limit: workload.parameters.count)
        }
        name = workload.parameters[position].name
        value = item
        position += 1
      }
      guard given.insert(name).inserted else { throw .repeatedParameter(workload: workload.name, parameter: name) }
      try assign(name, value)
    }
  }

  private mutating func assign(_ name: String, _ text: Substring) throws(WorkloadError) {
    if name == "seed" {
      guard let number = UInt64(text) else {
        throw .notANumber(workload: workload.name, parameter: name, text: String(text))
      }
      seed = number
      return
    }
    guard let index = workload.parameters.firstIndex(where: { $0.name == name }) else {
      let names = workload.parameters.map(\.name) + ["seed"]
      throw .unknownParameter(
        workload: workload.name, name: name, nearest: NearestName.suggestions(for: name, among: names))
    }
    let parameter = workload.parameters[index]
    guard let value = parameter.value(of: text) else {
      throw .notANumber(workload: workload.name, parameter: name, text: String(text))
    }
    guard (parameter.minimum.number...parameter.maximum.number).contains(value.number) else {
      throw .outOfRange(
        workload: workload.name, parameter: name, text: String(text),
        minimum: parameter.minimum.text(in: parameter.unit), maximum: parameter.maximum.text(in: parameter.unit))
    }
    values[index] = value
  }

  private func checkOrder() throws(WorkloadError) {
    for parameter in workload.parameters {
      guard let lower = parameter.lowerParameter.flatMap({ workload.parameter(named: $0) }) else { continue }
      guard self[parameter].number >= self[lower].number else {
        throw .belowOther(workload: workload.name, parameter: parameter.name, other: lower.name)
      }
    }
  }
}
