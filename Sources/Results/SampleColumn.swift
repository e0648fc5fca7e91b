// SPDX-License-Identifier: MIT

/// A column of `samples.csv`: its name and how it is taken from a sample and put back.
struct SampleColumn: Sendable {
  let name: String
  /// Whether a file without it cannot be read. Metrics are not, nor what was added later: an older file has fewer.
  let isRequired: Bool
  let write: @Sendable (Sample) -> String
  /// Replaces what the sample has of the column; false when the field is no value of it.
  let read: @Sendable (_ field: Span<UInt8>, _ sample: inout Sample) -> Bool

  static func text(
    _ name: String, _ path: WritableKeyPath<Sample, String> & Sendable, isRequired: Bool = true
  ) -> SampleColumn {
    SampleColumn(name: name, isRequired: isRequired, write: { $0[keyPath: path] }) { field, sample in
      sample[keyPath: path] = String(field: field)
      return true
    }
  }

  static func number<Number: FixedWidthInteger & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Sample, Number> & Sendable
  ) -> SampleColumn {
    SampleColumn(name: name, isRequired: true, write: { String($0[keyPath: path]) }) { field, sample in
      guard let number = Number(decimal: field) else { return false }
      sample[keyPath: path] = number
      return true
    }
  }

  /// A number that is empty when there is none.
  static func optionalNumber<Number: FixedWidthInteger & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Sample, Number?> & Sendable, isRequired: Bool = true
  ) -> SampleColumn {
    SampleColumn(
      name: name, isRequired: isRequired, write: { $0[keyPath: path].map { String($0) } ?? "" }
    ) { field, sample in
      guard !field.isEmpty else {
        sample[keyPath: path] = nil
        return true
      }
      guard let number = Number(decimal: field) else { return false }
      sample[keyPath: path] = number
      return true
    }
  }

  /// A finite number that is empty when there is none; a file need not have it.
  static func optionalReal(_ name: String, _ path: WritableKeyPath<Sample, Double?> & Sendable) -> SampleColumn {
    SampleColumn(
      name: name, isRequired: false,
      write: { sample in sample[keyPath: path].flatMap { $0.isFinite ? $0.description : nil } ?? "" }
    ) { field, sample in
      guard !field.isEmpty else {
        sample[keyPath: path] = nil
        return true
      }
      guard let value = MetricValue(decimal: field) else { return false }
      sample[keyPath: path] = value.double
      return true
    }
  }

  /// One of the names of an enumeration.
  static func name<Value: RawRepresentable<String> & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Sample, Value> & Sendable
  ) -> SampleColumn {
    SampleColumn(name: name, isRequired: true, write: { $0[keyPath: path].rawValue }) { field, sample in
      guard let value = Value(rawValue: String(field: field)) else { return false }
      sample[keyPath: path] = value
      return true
    }
  }

  static func metric(_ metric: Metric) -> SampleColumn {
    SampleColumn(name: metric.column, isRequired: false, write: { $0.metrics[metric]?.text ?? "" }) { field, sample in
      guard !field.isEmpty else {
        sample.metrics[metric] = nil
        return true
      }
      guard let value = MetricValue(decimal: field) else { return false }
      sample.metrics[metric] = value
      return true
    }
  }
}
