// SPDX-License-Identifier: MIT

import Comparison
import Testing

@Suite struct HistoryRuleTests {}
