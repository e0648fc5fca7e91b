// SPDX-License-Identifier: MIT

/// The rules by which figures are drawn. A mark of a series has the class `c` and a number, its colour.
enum PlotStyleSheet {
  /// Colours by name, for paper and for dark screens.
  private static let inks: [(name: String, light: String, dark: String)] = [
    ("paper", "#ffffff", "#12161b"), ("panel", "#f7f8fa", "#1a2027"), ("ink", "#14181d", "#e8ecf1"),
    ("soft", "#525c69", "#a3adb9"), ("faint", "#8792a0", "#727d8a"), ("rule", "#dde2e8", "#303841"),
    ("grid", "#e9edf1", "#262d35"), ("zebra", "#f5f7f9", "#181d23"), ("live", "#cfd6de", "#3a444f"),
    ("good", "#0a6fb5", "#58b4f5"), ("bad", "#b3541e", "#ff9a63"), ("goodback", "#dcecf9", "#123049"),
    ("badback", "#fbe6d9", "#46260f"), ("warn", "#a3341f", "#ff8f7a"), ("link", "#0a5fa0", "#6bbcf7"),
  ]

  private static func declarations(_ color: ((light: String, dark: String)) -> String) -> String {
    let named = inks.map { "--\($0.name):\(color(($0.light, $0.dark)))" }
    let series = PlotColor.all.enumerated().map { "--c\($0.offset):\(color($0.element))" }
    return (named + series).joined(separator: ";")
  }

  static let light = declarations { $0.light }
  static let dark = declarations { $0.dark }

  /// What inline figures and documents share.
  static let figures =
    """
    .plot{font:11px/1.2 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;\
    font-variant-numeric:tabular-nums}
    .plot text{fill:var(--ink)}
    .plot .soft{fill:var(--soft)}
    .plot .tick{fill:var(--soft);font-size:10px}
    .plot .axis-title{fill:var(--soft);font-size:10.5px}
    .plot .strong{font-weight:650}
    .plot .tiny{fill:var(--soft);font-size:8.5px}
    .plot .warned{fill:var(--warn)}
    .plot .grid{stroke:var(--grid);stroke-width:1}
    .plot .axis{stroke:var(--faint);stroke-width:1}
    .plot .one{stroke:var(--soft);stroke-width:1.3}
    .plot .zebra{fill:var(--zebra)}
    .plot .paper{fill:var(--paper)}
    .plot .live{fill:var(--live);stroke:none}
    .plot .reference{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:3 2.5;fill:none}
    .plot .frontier{stroke:var(--faint);stroke-width:1.4;stroke-dasharray:5 3;fill:none}
    .plot .leader{stroke:var(--faint);stroke-width:.7;fill:none}
    .plot .bar{fill:var(--c);opacity:.88}
    .plot .mark{fill:var(--c);stroke:var(--paper);stroke-width:.9}
    .plot .mark.hollow{fill:var(--paper);stroke:var(--c);stroke-width:1.7}
    .plot .whisker{stroke:var(--c);stroke-width:1.7;fill:none}
    .plot .whisker.range{stroke-width:1.1;stroke-dasharray:2 1.6}
    .plot .over{stroke:var(--ink);stroke-width:1.3;fill:none}
    .plot .over.range{stroke-dasharray:2 1.6}
    .plot .curve{stroke:var(--c);stroke-width:1.7;fill:none;stroke-linejoin:round}
    .plot .band{fill:var(--c);opacity:.16;stroke:none}
    .plot .dash1{stroke-dasharray:6 3}.plot .dash2{stroke-dasharray:2 2.5}.plot .dash3{stroke-dasharray:8 2 2 2}
    .plot .name{fill:var(--c);font-weight:600}
    .plot .gain{--c:var(--good)}.plot .cost{--c:var(--bad)}

    """ + PlotColor.all.indices.map { ".c\($0){--c:var(--c\($0))}" }.joined()

  /// For a figure in a file of its own.
  static var document: String {
    ".plot{\(light)}\n@media (prefers-color-scheme:dark){.plot{\(dark)}}\n" + figures
  }
}
