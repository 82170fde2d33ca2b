/** The look of a report page: light and dark, wide and narrow, on screen and on paper. Colours are Okabe and Ito's, which most eyes tell apart. */
export const pageStyle = `
:root{color-scheme:light dark;--page:#fff;--card:#f5f6f8;--ink:#1b1f24;--soft:#5b6470;--edge:#d5dae1;--grid:#e4e7ec;--blue:#0072b2;--sky:#3a97cf;--green:#009e73;--orange:#b26a00;--red:#c0431a;--window:#009e7326}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1d2126;--ink:#e8ebef;--soft:#a3acb8;--edge:#363d46;--grid:#2a3038;--blue:#56b4e9;--sky:#2f86bd;--green:#2fc79b;--orange:#f0a830;--red:#ff8257;--window:#2fc79b2b}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem clamp(.9rem,4vw,2.5rem) 3rem;max-width:66rem;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--edge)}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
p{margin:.4rem 0}
.soft,.key,footer{color:var(--soft);font-size:.9rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.6rem;margin:1rem 0;padding:0;list-style:none}
.cards li{background:var(--card);border:1px solid var(--edge);border-radius:.5rem;padding:.5rem .7rem}
.cards b{display:block;font-size:1.35rem;line-height:1.25;font-variant-numeric:tabular-nums;white-space:nowrap}
.cards b small{font-size:.75rem;font-weight:400;color:var(--soft)}
.cards span{color:var(--soft);font-size:.85rem}
.advice{list-style:none;margin:.5rem 0;padding:0}
.advice li{display:grid;grid-template-columns:5.4rem 1fr;gap:.1rem .7rem;padding:.35rem 0 .35rem .7rem;border-left:4px solid var(--sky);margin:.35rem 0}
.advice .s4{border-color:var(--red);border-left-width:8px;padding-left:.45rem}.advice .s3{border-color:var(--red)}.advice .s2{border-color:var(--orange)}.advice .fine{border-color:var(--green)}
.advice b{font-size:.85rem;padding-top:.1rem}
.advice .when{color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.85rem;padding-bottom:.3rem}
th,td{text-align:right;padding:.3rem .55rem;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
td:first-child,th[scope=row]{white-space:normal;min-width:7rem;font-weight:600}
thead th{color:var(--soft);font-weight:600;border-bottom:1px solid var(--edge);vertical-align:bottom}
.in-window{color:var(--green)}.out-of-window{color:var(--orange);font-weight:600}
figure{margin:.8rem 0}
figcaption{font-size:.9rem;color:var(--soft)}
.plot{display:block;width:100%;height:auto;background:var(--card);border:1px solid var(--edge);border-radius:.5rem}
.plot text{fill:var(--soft);font-size:12px;font-family:inherit}
.plot .name{paint-order:stroke;stroke:var(--card);stroke-width:4px}
.grid{stroke:var(--grid);stroke-width:1}
.axis{stroke:var(--soft);stroke-width:1}
.window{fill:var(--window)}
.window-edge{stroke:var(--green);stroke-width:1}
.full-scale{stroke:var(--red);stroke-width:1;stroke-dasharray:4 3}
.peak{fill:var(--blue)}
.mark{fill:var(--sky)}.mark.s2{fill:var(--orange)}.mark.s3,.mark.s4{fill:var(--red)}
.band{fill:var(--blue);stroke:var(--card);stroke-width:1}
.more{fill:var(--orange)}.less{fill:var(--blue)}
path{fill:none}
.momentary{stroke:var(--sky);stroke-width:1;opacity:.65}
.short-term{stroke:var(--blue);stroke-width:2}
.integrated{stroke:var(--orange);stroke-width:2.5;stroke-dasharray:9 4}
.target{stroke:var(--green);stroke-width:2;stroke-dasharray:2 4}
.reference{stroke:var(--orange);stroke-width:2.5}
.reference.r1{stroke:var(--green);stroke-dasharray:8 4}.reference.r2{stroke:var(--red);stroke-dasharray:2 3}.reference.r3{stroke:var(--ink);stroke-dasharray:10 3 2 3}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.3rem 0}
.swatch{width:22px;height:14px;vertical-align:-2px;margin-right:.4rem}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.9rem}
summary:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--edge)}
@media (max-width:600px){body{font-size:15px}.plot text{font-size:20px}.plot .name{stroke-width:6px}.advice li{grid-template-columns:1fr}th,td{padding:.3rem .4rem}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--edge:#bbb;--grid:#ddd;--blue:#0072b2;--sky:#3a97cf;--green:#00805d;--orange:#b26a00;--red:#b33a12;--window:#009e7322}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{padding:0;max-width:none;font-size:10.5pt}figure,.advice li,.cards,tr{break-inside:avoid}h2,h3{break-after:avoid}details:not([open]){display:none}.wide{overflow:visible}.wide table{font-size:8.5pt}th,td{padding:.2rem .3rem}@page{margin:15mm}}
`;
