/** How the page looks, light and dark, wide and narrow, and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f8fa;--ink:#1f2328;--muted:#59636e;--line:#d0d7de;--link:#0860ca;--error:#c21b26;--error-fill:#ffebe9;--warning:#825600;--warning-fill:#fff5d1;--clean:#116329;--clean-fill:#dafbe1;--settled:#59636e;--settled-fill:#eaeef2;--bar-guests:#0969da;--bar-reserved:#6e7781;--bar-overhead:#8250df;--bar-free:#e2e7ec;--bar-beyond:#bf8700;--limit:#c21b26}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--panel:#151b23;--ink:#f0f6fc;--muted:#9ea7b1;--line:#3d444d;--link:#6cb0ff;--error:#ff8b85;--error-fill:#3c1618;--warning:#e3b341;--warning-fill:#32260a;--clean:#56d364;--clean-fill:#0f2d18;--settled:#b1bac4;--settled-fill:#262c36;--bar-guests:#4493f8;--bar-reserved:#848d97;--bar-overhead:#ab7df8;--bar-free:#2a313c;--bar-beyond:#d29922;--limit:#f85149}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
body{margin:0;background:var(--page);color:var(--ink);font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
code{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
h1,h2,h3{line-height:1.25;text-wrap:balance;margin:0}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);letter-spacing:-.015em}
h2{font-size:1.4rem;letter-spacing:-.01em;margin:0 0 1rem}
h3{font-size:1.05rem}
p{margin:0}
.top>div,main,footer,nav ul{max-width:78rem;margin:0 auto;padding:0 1.5rem}
.top{padding:2.5rem 0 1.5rem}
.product{color:var(--muted);font-size:.85rem;font-weight:600;letter-spacing:.02em;margin-bottom:.35rem}
.verdict{margin-top:.6rem;font-size:1.05rem;color:var(--muted)}
.verdict::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.5em;background:var(--clean)}
.verdict.error::before{background:var(--error)}
.verdict.warning::before{background:var(--warning)}
.note{margin-top:.8rem;padding:.5rem .9rem;border-left:4px solid var(--warning);background:var(--warning-fill)}
.skip{position:absolute;left:-100vw;top:0;padding:.6rem 1rem;background:var(--page);z-index:3}
.skip:focus{left:1rem;top:1rem}
nav{position:sticky;top:0;z-index:2;background:var(--page);border-block:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;list-style:none;padding-block:.55rem}
nav a{text-decoration:none;font-weight:500;font-size:.95rem}
nav a:hover{text-decoration:underline}
main{padding-block:1.75rem}
section{margin-bottom:3rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;list-style:none;margin:0 0 2.5rem;padding:0}
.tiles li{padding:.8rem 1rem;border:1px solid var(--line);border-radius:.6rem;color:var(--muted);font-size:.92rem}
.tiles strong{display:block;font-size:1.9rem;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums;color:var(--ink)}
.tiles .error{border-color:var(--error);background:var(--error-fill)}.tiles .error,.tiles .error strong{color:var(--error)}
.tiles .warning{border-color:var(--warning);background:var(--warning-fill)}.tiles .warning,.tiles .warning strong{color:var(--warning)}
.clean{color:var(--clean);font-weight:600}
.filters{display:flex;flex-wrap:wrap;align-items:end;gap:.7rem 1rem;padding:.9rem 1rem;margin-bottom:1.25rem;background:var(--panel);border:1px solid var(--line);border-radius:.6rem}
.filters[hidden]{display:none}
.filters label{display:grid;gap:.2rem;font-size:.85rem;font-weight:600;color:var(--muted);min-width:0}
.filters label:first-child{flex:1 1 14rem}
.filters .check{display:flex;align-items:center;gap:.45rem;min-height:2.4rem}
.filters input[type=search],.filters select{font:inherit;font-size:.95rem;font-weight:400;color:var(--ink);background:var(--page);border:1px solid var(--muted);border-radius:.4rem;padding:.35rem .5rem;min-height:2.4rem;width:100%;max-width:16rem}
.filters input[type=search]{max-width:none}
.filters input[type=checkbox]{width:1.15rem;height:1.15rem;accent-color:var(--link)}
.filters output{margin-left:auto;min-height:2.4rem;display:flex;align-items:center;color:var(--muted);font-size:.9rem;font-variant-numeric:tabular-nums}
.rule{border:1px solid var(--line);border-radius:.6rem;margin-bottom:1rem;overflow:clip}
.rule[hidden]{display:none}
.rule>header{padding:.85rem 1.1rem .5rem}
.rule .code{color:var(--muted);font-size:.9rem;margin-top:.25rem}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.78rem;font-weight:650;line-height:1.5;vertical-align:.1em;background:var(--settled-fill);color:var(--settled)}
.badge.error{background:var(--error-fill);color:var(--error)}
.badge.warning{background:var(--warning-fill);color:var(--warning)}
.rule details{padding:0 1.1rem .6rem;font-size:.92rem}
.rule summary{cursor:pointer;color:var(--link);width:fit-content}
.rule details p{margin-top:.5rem;max-width:75ch}
.rule details ul{margin:.5rem 0 0;padding-left:1.2rem;color:var(--muted);max-width:75ch}
.list,.plain{list-style:none;margin:0;padding:0}
.list>li,.plain>li{padding:.8rem 1.1rem;border-top:1px solid var(--line)}
.list>li[hidden]{display:none}
.plain>li{font-size:.95rem}
.where{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline}
.where code{color:var(--muted)}
.where .attribute::before{content:"@ "}
.message{margin-top:.2rem;white-space:pre-line;max-width:90ch}
.fix{margin-top:.35rem;max-width:90ch}
.fix span{display:inline-block;font-size:.78rem;font-weight:650;padding:.02rem .5rem;margin-right:.35rem;border-radius:1rem;background:var(--clean-fill);color:var(--clean)}
.settlement{margin-top:.35rem;color:var(--muted);font-style:italic}
.more{margin:.8rem 1.1rem;color:var(--muted);font-size:.92rem}
section>.more{margin-inline:0}
.hosts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:1rem}
.host{border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem;min-width:0}
.host header p{color:var(--muted);font-size:.88rem}
.host .more{margin:.8rem 0 0}
.capacity{margin-top:.9rem}
.capacity .head{display:flex;justify-content:space-between;gap:1rem}
.capacity .state{color:var(--muted)}
.capacity .over{color:var(--error);font-weight:650}
.bar{display:block;width:100%;height:1rem;border-radius:.35rem;margin:.3rem 0;overflow:hidden}
.bar .free{fill:var(--bar-free)}.bar .guests{fill:var(--bar-guests)}.bar .reserved{fill:var(--bar-reserved)}.bar .overhead{fill:var(--bar-overhead)}.bar .beyond{fill:var(--bar-beyond)}.bar .beyond.over{fill:var(--limit)}
.arithmetic{font-size:.88rem;color:var(--muted);font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.6rem}
.picture{border:0}
.picture svg{display:block;max-width:100%;min-width:56rem;height:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:left;padding:.7rem;color:var(--muted);font-size:.9rem}
th,td{text-align:left;padding:.42rem .7rem;border-top:1px solid var(--line);vertical-align:top;white-space:nowrap;max-width:24rem;overflow:hidden;text-overflow:ellipsis}
thead th{background:var(--panel);font-weight:600;color:var(--muted);padding-block:.3rem}
tbody th{font-weight:600}
tbody tr:hover{background:var(--panel)}
.number{text-align:right}
thead button{font:inherit;color:inherit;background:none;border:0;padding:.15rem 0;cursor:pointer;white-space:nowrap}
thead button::after{content:"\\2195";display:inline-block;width:1em;text-align:center;opacity:.55}
thead [aria-sort] button{color:var(--ink)}
thead [aria-sort=ascending] button::after{content:"\\2191";opacity:1}
thead [aria-sort=descending] button::after{content:"\\2193";opacity:1}
footer{padding-block:1.25rem 2.5rem;color:var(--muted);font-size:.9rem}
@media (max-width:40rem){nav{position:static}html{scroll-padding-top:.5rem}.top>div,main,footer,nav ul{padding-inline:1rem}.top{padding-top:1.5rem}.rule>header,.rule details,.list>li,.plain>li{padding-inline:.85rem}.filters label{flex:1 1 9rem}.filters select{max-width:none}.filters output{margin-left:0}}
@media print{:root{--page:#fff;--panel:#fff;--ink:#000;--muted:#444;--link:#000}nav,.skip,.filters{display:none!important}body{font-size:10pt}.scroll{overflow:visible;border:0}.picture svg{min-width:0;width:100%}.rule,.host,tr{break-inside:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}th,td{white-space:normal}}
`;
