// SPDX-License-Identifier: MIT

/// How a flamegraph looks, and what it does when it is clicked.
enum FlamegraphScript {
  /// Everything is below the class of the document, so that it can be part of a page.
  static let style = """

    .flamegraph { max-width: 100%; height: auto; font: 11px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    .flamegraph .paper { fill: #fcfbf8; }
    .flamegraph text { fill: #222; }
    .flamegraph .head { font: 600 16px system-ui, "DejaVu Sans", sans-serif; }
    .flamegraph .note { font-size: 11px; fill: #555; }
    .flamegraph .frames text { fill: #111; pointer-events: none; }
    .flamegraph .frames g:hover rect { stroke: #000; stroke-width: 1; }
    .flamegraph .frames .below rect { opacity: 0.45; }
    .flamegraph .frames .found rect { fill: #c2f; }
    .flamegraph .frames .found text { fill: #fff; }
    .flamegraph .frames, .flamegraph .button { cursor: pointer; }
    .flamegraph .button rect { fill: #e8e6e0; stroke: #999; }
    .flamegraph .button.active rect { stroke: #c2f; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      .flamegraph .paper { fill: #1c1d20; }
      .flamegraph text { fill: #ddd; }
      .flamegraph .note { fill: #aaa; }
      .flamegraph .frames g:hover rect { stroke: #fff; }
      .flamegraph .button rect { fill: #33353a; stroke: #777; }
    }
    @media print { .flamegraph .paper { fill: #fff; } .flamegraph .button { display: none; } }

    """

  /// The address of a document of its own carries what is shown: `#frame=N&search=EXPRESSION`.
  static let script = #"""

    (function () {
      'use strict';
      const picture = document.currentScript.closest('svg');
      const isDocument = picture === document.documentElement;
      const left = 10, right = 1190, letter = 6.6, slack = 0.01;
      const part = name => picture.querySelector('.' + name);
      const frames = Array.from(part('frames').children, (group, index) => {
        const rect = group.querySelector('rect');
        const x = Number(rect.getAttribute('x')), width = Number(rect.getAttribute('width'));
        const tooltip = group.querySelector('title').textContent;
        const name = tooltip.slice(0, tooltip.indexOf('\n'));
        return { index, group, rect, text: group.querySelector('text'), x, end: x + width,
                 y: Number(rect.getAttribute('y')), name, tooltip };
      });
      const byGroup = new Map(frames.map(frame => [frame.group, frame]));
      let zoomed = frames[0], expression = '';

      function place(frame, x, width) {
        frame.rect.setAttribute('x', x);
        frame.rect.setAttribute('width', Math.max(width, 0));
        const room = Math.floor((width - 6) / letter);
        const letters = Array.from(frame.name);
        const label = room < 3 ? '' : letters.length <= room ? frame.name : letters.slice(0, room - 1).join('') + '…';
        if (label && !frame.text) {
          frame.text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
          frame.text.setAttribute('y', frame.y + 11);
          frame.group.append(frame.text);
        }
        if (frame.text) {
          frame.text.setAttribute('x', x + 3);
          frame.text.textContent = label;
        }
      }

      function zoom(target) {
        zoomed = target;
        const scale = (right - left) / Math.max(target.end - target.x, 0.001);
        for (const frame of frames) {
          const isBelow = frame.y > target.y && frame.x <= target.x + slack && frame.end >= target.end - slack;
          const isAbove = frame.y <= target.y && frame.x >= target.x - slack && frame.end <= target.end + slack;
          const isShown = isBelow || isAbove;
          frame.group.style.display = isShown ? '' : 'none';
          frame.group.classList.toggle('below', isBelow);
          if (isBelow) place(frame, left, right - left);
          else if (isAbove) place(frame, left + (frame.x - target.x) * scale, (frame.end - frame.x) * scale);
        }
        part('reset').style.display = target === frames[0] ? 'none' : '';
        search(expression);
      }

      function search(words) {
        expression = words;
        let pattern = null, isWrong = false;
        // Small letters alone mean both.
        try { pattern = words ? new RegExp(words, words === words.toLowerCase() ? 'i' : '') : null; } catch { isWrong = true; }
        const found = frames.filter(frame => {
          const isFound = pattern !== null && frame.index > 0 && pattern.test(frame.name);
          frame.group.classList.toggle('found', isFound);
          return isFound && frame.group.style.display !== 'none' && !frame.group.classList.contains('below');
        });
        // What stands on a frame that was found is counted with it.
        found.sort((one, other) => one.x - other.x || other.end - one.end);
        let covered = -Infinity, sum = 0;
        for (const frame of found) {
          if (frame.end <= covered + slack / 10) continue;
          sum += frame.end - Math.max(frame.x, covered);
          covered = frame.end;
        }
        const share = (100 * sum / (zoomed.end - zoomed.x)).toFixed(1);
        part('matched').textContent = isWrong ? 'not a regular expression: ' + words
          : pattern ? 'matched ' + share + ' % of ' + (zoomed.index ? 'what is shown' : 'all') + ': ' + words : '';
        part('search').classList.toggle('active', pattern !== null);
        if (isDocument) {
          const state = [zoomed.index ? 'frame=' + zoomed.index : '', words ? 'search=' + encodeURIComponent(words) : ''];
          history.replaceState(null, '', '#' + state.filter(Boolean).join('&'));
        }
      }

      function ask() {
        const words = prompt('Functions to find, as a regular expression:', expression);
        if (words !== null) search(words);
      }

      function restore() {
        const state = new URLSearchParams(location.hash.slice(1));
        expression = state.get('search') || '';
        zoom(frames[Number(state.get('frame'))] || frames[0]);
      }

      const frameOf = event => byGroup.get(event.target.closest('.frames > g'));
      picture.addEventListener('click', event => {
        if (event.target.closest('.search')) return ask();
        if (event.target.closest('.reset')) return zoom(frames[0]);
        const frame = frameOf(event);
        if (frame) zoom(frame);
      });
      picture.addEventListener('mouseover', event => {
        const frame = frameOf(event);
        part('details').textContent = frame ? frame.tooltip.replace(/\s*\n\s*/g, ' · ').slice(0, 130) : '';
      });
      picture.addEventListener('keydown', event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        if (event.target.closest('.search')) ask(); else if (event.target.closest('.reset')) zoom(frames[0]);
      });
      if (isDocument) addEventListener('keydown', event => {
        if (event.key === '/' || (event.key === 'f' && (event.ctrlKey || event.metaKey))) {
          event.preventDefault();
          ask();
        } else if (event.key === 'Escape') {
          expression = '';
          zoom(frames[0]);
        }
      });
      part('search').removeAttribute('display');
      part('reset').removeAttribute('display');
      if (isDocument) {
        addEventListener('hashchange', restore);
        restore();
      } else zoom(frames[0]);
    })();

    """#
}
