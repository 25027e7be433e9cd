/** How the picture of the path looks on paper; part of every document's style. */

/** States differ by kind of line and icon, colour is an addition. */
export const PATH_STYLE = `
.path{margin:1.2rem 0;break-inside:avoid}.path figcaption{display:flex;gap:.5rem;align-items:center;margin-bottom:.8rem;padding:.4rem .7rem;border:1.5px solid var(--bad);border-radius:6px}.path figcaption svg{flex:none;color:var(--bad)}
.path ol{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));padding:0;margin:0;list-style:none;font-size:.78rem;line-height:1.3}.path svg{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.path li{--c:var(--soft);display:grid;grid-column:var(--at) / span 2;grid-row:1 / span 5;grid-template-rows:subgrid;justify-items:center;text-align:center;row-gap:.2rem}
.path .is-pass{--c:var(--good)}.path .is-warn{--c:var(--warn)}.path .is-fail{--c:var(--bad)}
.path .disc{grid-row:2;display:grid;place-items:center;width:12mm;height:12mm;border:.6mm solid var(--c);border-radius:50%;color:var(--c)}.path .is-waiting .disc,.path .is-running .disc,.path .beyond .disc{border-style:dashed}
.path b{grid-row:3;font-size:.85rem}.path .station .word{grid-row:4;color:var(--c);white-space:nowrap}.path .word svg{vertical-align:-.6mm}.path .facts{grid-row:5;color:var(--soft);font-size:.72rem}.path .facts>span{display:block;overflow-wrap:anywhere;text-wrap:balance}
.path .stretch .word{grid-row:1;align-self:end;color:var(--c)}.path .line{grid-row:2;align-self:center;justify-self:stretch;position:relative;margin:0 7mm;border-top:.7mm solid var(--c)}.path .line svg{position:absolute;left:50%;top:0;transform:translate(-50%,-50%);margin-top:-.35mm;background:#fff;color:var(--c)}
.path .stretch.is-fail .line svg{width:5mm;height:5mm}.path .stretch.is-fail .word{font-weight:600}
.path .stretch.is-waiting .line,.path .stretch.is-running .line,.path .stretch.beyond .line{border-top-style:dotted}.path .stretch.is-unknown .line,.path .stretch.is-skipped .line{border-top-style:dashed}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media screen and (max-width:38rem){.path ol{display:block}.path li{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:center;text-align:left}.path .station .facts{flex-basis:100%;padding-left:calc(12mm + .6rem)}.path .line{display:none}.path .stretch{padding:.3rem 0 .3rem calc(12mm + .6rem)}}`;
