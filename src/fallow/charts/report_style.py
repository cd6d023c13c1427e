"""
The look of the report: black on white everywhere, on a screen, on A4 and on Letter.

A downloaded file is read from its own folder, so its style travels inside it; nothing is fetched. The two sides differ
in position, dash and shape, and here in two greys far apart, so that any printer keeps them apart.
"""

from typing import Final

STYLE: Final = """
:root { color-scheme: only light; }
*, ::before, ::after { box-sizing: border-box; margin: 0; }
@page { margin: 18mm 17mm 20mm; }
html { background: #fff; color: #111; font: 100%/1.5 "Iowan Old Style", "Palatino Linotype", Palatino, Georgia,
  "DejaVu Serif", serif; }
body { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 2rem; font-weight: 400; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.25rem; font-weight: 400; line-height: 1.3; margin-top: 3rem; }
h3 { font: 600 0.85rem/1.4 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; margin-top: 2rem; }
p, ul { margin-top: 0.7rem; text-wrap: pretty; }
ul { padding-left: 1.1rem; }
li + li { margin-top: 0.4rem; }
header > p { font-size: 1.1rem; }
.facts, .how, footer { color: #444; font-size: 0.9rem; }
.frame { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; margin-top: 2rem; padding: 0 0 1.6rem;
  border-bottom: 1px solid #999; }
.frame h2 { font-size: 1.05rem; margin-top: 1rem; }
.frame li { font-size: 0.94rem; }
figure { margin-top: 1.2rem; }
figcaption { margin-top: 0.8rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; overflow: visible; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.label { fill: #333; stroke: none; }
.value { fill: #111; stroke: none; }
.ego { fill: #2b2b2b; stroke: #2b2b2b; }
.alter { fill: #8f8f8f; stroke: #8f8f8f; }
.axis { stroke: #333; }
.grid { stroke: #ccc; }
.interval { stroke: #666; }
.mark { fill: #111; stroke: #111; }
.heat-0 { fill-opacity: 0.07; } .heat-1 { fill-opacity: 0.22; } .heat-2 { fill-opacity: 0.4; }
.heat-3 { fill-opacity: 0.6; } .heat-4 { fill-opacity: 0.8; } .heat-5 { fill-opacity: 1; }
table { width: 100%; border-collapse: collapse; font-size: 0.82rem; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; font: 600 0.85rem/1.4 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  padding: 2rem 0 0.4rem; }
th { font-weight: 600; border-bottom: 1px solid #333; }
th, td { text-align: left; vertical-align: top; padding: 0.22rem 0.8rem 0.22rem 0; }
td { border-bottom: 1px solid #ddd; }
.scroll { overflow-x: auto; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid #999; }
@media (max-width: 36rem) { .frame { grid-template-columns: 1fr; } }
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  h2, h3, caption { break-after: avoid; }
  .figure { break-inside: avoid; }
  figure, li, tr { break-inside: avoid; }
  svg { max-width: 118mm; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .tables { break-before: page; }
  p, li { orphans: 3; widows: 3; }
}
"""
