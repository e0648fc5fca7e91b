// SPDX-License-Identifier: MIT

/// How a row departs from RFC 4180 or from UTF-8.
public enum CSVFault: Error, Equatable, Sendable {
  /// A quote inside a field that does not begin with one.
  case strayQuote
  /// Something other than a comma or a line end after a closing quote.
  case textAfterQuote
  /// A carriage return that no line feed follows, outside quotes.
  case loneCarriageReturn
  /// A quote that later rows have swallowed without closing it.
  case unclosedQuote
  case notUTF8
}
