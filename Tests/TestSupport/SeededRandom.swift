// SPDX-License-Identifier: MIT

import Workloads

/// The workloads' generator: the same sequence everywhere for the same seed, so that a failing case can be named by it.
public typealias SeededRandom = SplitMix64
