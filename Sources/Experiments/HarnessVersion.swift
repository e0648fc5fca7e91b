// SPDX-License-Identifier: MIT

/// The version of acebench, as every row of a result names it.
public enum HarnessVersion {
  public static let current = "0.1.0"
}
