// SPDX-License-Identifier: MIT

/// The rules by which a page looks, on screens wide and narrow, light and dark, and on paper.
enum ReportStyleSheet {
  static let text =
    """
    :root{color-scheme:light dark;\(PlotStyleSheet.light)}
    @media screen{
    @media (prefers-color-scheme:dark){:root{\(PlotStyleSheet.dark)}}
    :root:has(#theme-light:checked){color-scheme:light;\(PlotStyleSheet.light)}
    :root:has(#theme-dark:checked){color-scheme:dark;\(PlotStyleSheet.dark)}
    }
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0 auto;max-width:1440px;padding:0 28px;background:var(--paper);color:var(--ink);\
    font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
    a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
    header{padding:34px 0 18px;border-bottom:1px solid var(--rule)}
    h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0 0 8px;font-weight:680}
    header p{max-width:none;margin:2px 0;color:var(--soft);font-size:14px}
    h2{font-size:22px;letter-spacing:-.01em;margin:0 0 10px;font-weight:660}
    h3{font-size:16px;margin:26px 0 6px;font-weight:640}
    h4{font-size:13px;margin:0 0 4px;font-weight:620;overflow-wrap:anywhere}
    h4 small{display:inline-block;font-weight:400;color:var(--soft);font-size:12px}
    .body{display:grid;grid-template-columns:190px minmax(0,1fr);gap:36px}
    aside{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:26px 0;font-size:14px}
    aside ul{list-style:none;margin:0;padding:0}
    nav li{margin:0 0 5px}
    nav a{color:var(--soft)}
    aside div{margin:20px 0 0;padding:12px 0 0;border-top:1px solid var(--rule)}
    aside p{font-size:12px;color:var(--faint);margin:0 0 5px}
    .arms li{margin:0 0 3px}
    label{display:inline-flex;align-items:center;gap:6px;cursor:pointer}
    input{accent-color:var(--soft);margin:0}
    .themes label{display:flex;margin-bottom:3px}
    .key{display:inline-flex;align-items:center;gap:5px;white-space:nowrap}
    aside .key{white-space:normal;overflow-wrap:anywhere}
    .key svg{width:14px;height:14px;flex:none}
    main{min-width:0;padding-bottom:40px}
    section{padding:26px 0 30px;border-bottom:1px solid var(--rule)}
    p{margin:8px 0;max-width:82ch}
    li{margin:2px 0}
    main ul{padding-left:20px;max-width:86ch}
    figure{margin:18px 0 26px}
    figcaption,.caption{font-size:13px;line-height:1.5;color:var(--soft);margin-top:10px;max-width:96ch}
    .measured{display:block;margin-top:4px;color:var(--faint)}
    .measured::first-line{color:var(--faint)}
    .plot{display:block;width:100%;height:auto;overflow:visible}
    .wide .plot{min-width:600px;max-width:900px}
    .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:24px 30px}
    .panel{min-width:0;break-inside:avoid}
    .panel .plot{max-width:440px}
    .note{font-size:12px;color:var(--soft);margin:3px 0 0;line-height:1.35}
    .scroll{overflow-x:auto}
    .warning,.absence{border-left:3px solid var(--faint);background:var(--panel);padding:7px 12px;font-size:14px;\
    max-width:96ch}
    header .warning{display:inline-block;margin-top:10px}
    .warning{border-color:var(--warn)}.warning,.warning a{color:var(--warn)}
    code,pre{font:12.5px/1.5 ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace}
    pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0;color:var(--soft)}
    table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:12px 0 18px}
    caption{text-align:left;font-weight:620;padding:4px 0 6px;white-space:nowrap}
    th,td{padding:5px 12px 5px 0;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top}
    td{overflow-wrap:break-word;min-width:3.5em}
    td:first-child{overflow-wrap:normal}
    @media (min-width:981px){td:first-child{white-space:nowrap}}
    th{font-weight:560;color:var(--soft);vertical-align:bottom;line-height:1.3}
    .n{text-align:right;white-space:nowrap;padding-left:10px}
    th.n{white-space:normal}
    .sortable th{cursor:pointer}
    .sortable th[aria-sort]::after{content:" ↓";color:var(--faint)}
    .sortable th[aria-sort=ascending]::after{content:" ↑"}
    .soft{color:var(--soft)}.gain{color:var(--good);font-weight:600}.cost{color:var(--bad);font-weight:600}
    .filled{padding-right:8px}.filled.gain{background:var(--goodback)}.filled.cost{background:var(--badback)}
    .best{font-weight:680}
    tbody tr:hover td{background:var(--zebra)}tbody tr:hover td.filled.gain{background:var(--goodback)}\
    tbody tr:hover td.filled.cost{background:var(--badback)}
    footer{color:var(--faint);font-size:13px;padding-top:16px}
    #tip{position:fixed;z-index:9;pointer-events:none;background:var(--ink);color:var(--paper);font-size:12.5px;\
    line-height:1.4;padding:6px 9px;border-radius:5px;white-space:pre-line;max-width:340px}
    #tip[hidden]{display:none}
    @media (max-width:980px){
    body{padding:0 16px}
    .body{display:block}
    aside{position:static;max-height:none;padding:14px 0 4px;display:grid;gap:10px}
    nav ul,.arms ul{display:flex;flex-wrap:wrap;gap:2px 16px}
    aside div{margin:0;padding:8px 0 0}
    .themes label{display:inline-flex;margin-right:14px}
    h1{font-size:25px}
    .grid{grid-template-columns:repeat(auto-fill,minmax(270px,1fr))}
    }
    @media print{
    @page{margin:14mm 12mm}
    body{padding:0;max-width:none;font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    header{padding-top:0}
    .body{display:block}
    .themes,nav,#tip,input{display:none!important}
    aside{position:static;max-height:none;padding:8px 0;overflow:visible}
    .arms ul{display:flex;flex-wrap:wrap;gap:2px 16px}aside div{border:0;margin:0;padding:0}
    .scroll{overflow:visible}
    .wide .plot{min-width:0;max-width:100%}
    .grid{grid-template-columns:repeat(3,minmax(0,1fr));gap:14px 18px}
    section{padding:14px 0;border-bottom:0}
    h2,h3,h4,caption{break-after:avoid}
    figure.wide,tr{break-inside:avoid}
    table{font-size:8pt}th,td{padding:2px 6px 2px 0}.n{padding-left:4px;white-space:normal}
    figcaption,.caption{font-size:8.5pt}
    }

    """ + PlotStyleSheet.figures
}
