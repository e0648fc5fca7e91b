// SPDX-License-Identifier: MIT

/// A column of `samples.csv`: its name and how it is taken from a sample and put back.
struct SampleColumn: Sendable {
  let name: String
  /// Whether a file without it cannot be read. Metrics are not, nor what was added later: an older file has fewer.
  let isRequired: Bool
  let write: @Sendable (Sample) -> String
  /// False when the text is no value of the column.
  let read: @Sendable (_ text: String, _ sample: inout Sample) -> Bool

  static func text(_ name: String, _ path: WritableKeyPath<Sample, String> & Sendable) -> SampleColumn {
    SampleColumn(name: name, isRequired: true, write: { $0[keyPath: path] }) { text, sample in
      sample[keyPath: path] = text
      return true
    }
  }

  static func number<Number: FixedWidthInteger & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Sample, Number> & Sendable
  ) -> SampleColumn {
    SampleColumn(name: name, isRequired: true, write: { String($0[keyPath: path]) }) { text, sample in
      guard let number = Number(text) else { return false }
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
    ) { text, sample in
      guard !text.isEmpty else {
        sample[keyPath: path] = nil
        return true
      }
      guard let number = Number(text) else { return false }
      sample[keyPath: path] = number
      return true
    }
  }

  /// A finite number that is empty when there is none; a file need not have it.
  static func optionalReal(_ name: String, _ path: WritableKeyPath<Sample, Double?> & Sendable) -> SampleColumn {
    SampleColumn(
      name: name, isRequired: false,
      write: { sample in sample[keyPath: path].flatMap { $0.isFinite ? $0.description : nil } ?? "" }
    ) { text, sample in
      guard !text.isEmpty else {
        sample[keyPath: path] = nil
        return true
      }
      guard let value = MetricValue(text: text) else { return false }
      sample[keyPath: path] = value.double
      return true
    }
  }

  /// One of the names of an enumeration.
  static func name<Value: RawRepresentable<String> & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Sample, Value> & Sendable
  ) -> SampleColumn {
    SampleColumn(name: name, isRequired: true, write: { $0[keyPath: path].rawValue }) { text, sample in
      guard let value = Value(rawValue: text) else { return false }
      sample[keyPath: path] = value
      return true
    }
  }

  static func metric(_ metric: Metric) -> SampleColumn {
    SampleColumn(name: metric.column, isRequired: false, write: { $0.metrics[metric]?.text ?? "" }) { text, sample in
      guard !text.isEmpty else { return true }
      guard let value = MetricValue(text: text) else { return false }
      sample.metrics[metric] = value
      return true
    }
  }
}
