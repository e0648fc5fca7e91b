// SPDX-License-Identifier: MIT

import Testing

/// Tests of what a process has one of: they run one after the other, because each reads counters that others would move.
@Suite("ACE's shared state", .serialized) enum SharedStateTests {}
