// SPDX-License-Identifier: MIT

import Results

/// What a page does where scripts run: notes beside the pointer at once, and tables that a click sorts.
enum ReportScript {
  static let text = #"""
    (() => {
      'use strict';
      const tip = document.createElement('div');
      tip.id = 'tip';
      tip.hidden = true;
      document.body.append(tip);
      const words = new WeakMap();
      for (const title of document.querySelectorAll('svg.plot title')) {
        const mark = title.parentNode;
        words.set(mark, title.textContent);
        mark.setAttribute('aria-label', title.textContent);
        title.remove();
      }
      document.addEventListener('pointermove', event => {
        const text = words.get(event.target);
        tip.hidden = text === undefined;
        if (tip.hidden) return;
        tip.textContent = text;
        const box = tip.getBoundingClientRect();
        tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 4)) + 'px';
        const below = event.clientY + 18;
        tip.style.top = (below + box.height > innerHeight ? event.clientY - box.height - 10 : below) + 'px';
      }, { passive: true });
      const order = (cell, isNumber) => {
        if (!isNumber) return cell.textContent;
        const text = cell.dataset.order ?? cell.textContent;
        return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
      };
      const sort = head => {
        const table = head.closest('table');
        const column = head.cellIndex;
        const isNumber = head.classList.contains('n');
        const isDown = head.getAttribute('aria-sort') === 'ascending' || (isNumber && !head.hasAttribute('aria-sort'));
        for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
        const rows = [...table.tBodies[0].rows].map(row => ({ row, key: order(row.cells[column], isNumber) }));
        const sign = isDown ? -1 : 1;
        rows.sort((a, b) => {
          if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
          return sign * (isNumber ? a.key - b.key : a.key.localeCompare(b.key, 'en', { numeric: true }));
        });
        table.tBodies[0].append(...rows.map(entry => entry.row));
      };
      for (const head of document.querySelectorAll('table.sortable th')) {
        head.tabIndex = 0;
        head.addEventListener('click', () => sort(head));
        head.addEventListener('keydown', event => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          sort(head);
        });
      }
    })();
    """#

  /// The script's digest as a page's policy names it, so that a browser runs this script and no other; nil where the
  /// system has no SHA-256, and a page then no script.
  static let policy: String? = (try? FileDigest.sha256(of: Array(text.utf8))).map {
    "sha256-" + base64(hexadecimal: $0)
  }

  /// RFC 4648, section 4.
  private static func base64(hexadecimal digits: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bits = digits.flatMap { digit -> [Int] in
      let value = digit.hexDigitValue ?? 0
      return (0..<4).map { value >> (3 - $0) & 1 }
    }
    var text = ""
    for start in stride(from: 0, to: bits.count, by: 6) {
      let part = bits[start..<min(start + 6, bits.count)]
      text.append(alphabet[part.reduce(0) { $0 << 1 | $1 } << (6 - part.count)])
    }
    return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
  }
}
