/** How a document looks on the screen and on paper: readable in black and white, no row cut in two, page numbers and stamp in the margin. */
import type { Translate } from '../text.ts';
import { PATH_STYLE } from './path-style.ts';

export const PAPERS = ['A4', 'Letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** Countries that print on Letter (CLDR, measurement data: paper size US-Letter). */
const LETTER = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'CR', 'DO', 'GT', 'NI', 'PA', 'PR', 'SV', 'VE', 'BZ']);

/** @param language BCP 47 tag; without a region it says nothing about paper, and the rest of the world prints on A4 */
export function paperOf(language: string): Paper {
  try {
    return LETTER.has(new Intl.Locale(language).region ?? '') ? 'Letter' : 'A4';
  } catch {
    return 'A4';
  }
}

/** A CSS string, in which nothing ends the string or the style element (CSS Syntax 3 §4.3.7). */
const cssString = (text: string): string =>
  `"${text.replaceAll(
    /[^\p{L}\p{N} .,:;()–-]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  )}"`;

/** Digits no translation holds, to find the places of the counters again. */
const PAGE = 7_000_001;
const PAGES = 7_000_002;

/** “Page 2 of 5” with the two counters in their places. */
function pageNumber(t: Translate): string {
  const written = t('Page {page} of {pages}', { page: String(PAGE), pages: String(PAGES) });
  return written
    .split(new RegExp(`(${PAGE}|${PAGES})`))
    .filter((part) => part !== '')
    .map((part) =>
      part === String(PAGE) ? 'counter(page)' : part === String(PAGES) ? 'counter(pages)' : cssString(part),
    )
    .join(' ');
}

const SCREEN = `
:root{color-scheme:light;--ink:#1b1a19;--soft:#4f4d4b;--line:#c9c6c2;--good:#0b6a0b;--warn:#7a4f00;--bad:#a80d1a}
*{box-sizing:border-box}
body{font:15px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,"Open Sans",sans-serif;color:var(--ink);margin:0 auto;max-width:54rem;padding:2.5rem 2rem;background:#fff}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .6rem;border-bottom:2px solid var(--ink);padding-bottom:.25rem}
h3{font-size:1rem;margin:1rem 0 .2rem}h4{font-size:.9rem;margin:.5rem 0 .1rem}h4 span{font-weight:400;color:var(--soft)}
p{margin:.3rem 0}ul,ol{margin:.3rem 0;padding-left:1.9rem}.value{display:block;font-family:ui-monospace,Consolas,"Liberation Mono",monospace;font-weight:600}li{margin:.15rem 0}
.soft{color:var(--soft)}.product{font-weight:600;letter-spacing:.04em;color:var(--soft);margin:0 0 .2rem}
.badge{display:inline-block;border:1.5px solid currentColor;border-radius:999px;padding:0 .6rem;font-size:.85rem;font-weight:600;white-space:nowrap}
.pass{color:var(--good)}.warn{color:var(--warn)}.fail{color:var(--bad)}.unknown,.skipped{color:var(--soft)}.badge.unknown{border-style:dashed}
.head{display:flex;gap:.8rem;justify-content:space-between;align-items:baseline}.head h2,.head h3{flex:1;margin:0;border:0;padding:0}.title{margin:2rem 0 .5rem;border-bottom:2px solid var(--ink);padding-bottom:.25rem}
.found{margin:.8rem 0 1.1rem;padding-left:.9rem;border-left:3px solid var(--line)}.found.fail{border-left-color:var(--bad)}.found.unknown{border-left-style:dashed}.found>*{color:var(--ink)}.facts{margin:.1rem 0}.facts th,.facts td{padding-top:.14rem;padding-bottom:.14rem}.found .facts{font-size:.92em}
.note{border:1.5px solid var(--ink);border-radius:6px;padding:.6rem .9rem;margin:.8rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:4px;padding:.4rem .6rem;margin:.3rem 0;font:13px/1.45 ui-monospace,Consolas,"Liberation Mono",monospace}
pre.after{border-width:2px;border-color:var(--ink);font-weight:600}.label{font-weight:600;margin-top:.6rem}
.address{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;vertical-align:top;overflow-wrap:break-word;font-weight:400}td{overflow-wrap:anywhere;min-width:4.6em}
thead th{font-weight:600;border-bottom:1.5px solid var(--ink)}tbody th{color:var(--soft);width:34%}td{white-space:pre-line}.said{font-size:.86em}.said th,.said td{padding-top:.12rem;padding-bottom:.12rem}
td.narrow{width:19%}td.write{width:34%}.values th{width:42%;color:var(--ink)}.values td{font-weight:600;font-size:1.1rem}
.ticks th,.ticks td{vertical-align:middle}.ticks th{width:auto;color:var(--ink)}.ticks .tick{white-space:nowrap;width:1%;padding-right:1rem}.ticks .who{width:6rem}.ticks .day{width:9rem}
input[type=checkbox]{appearance:none;width:1.2rem;height:1.2rem;border:1.5px solid var(--ink);border-radius:3px;margin:0;display:inline-grid;place-content:center;vertical-align:middle}
input[type=checkbox]:checked::before{content:"✓";font-weight:700;line-height:1}
input[type=text]{font:inherit;width:100%;min-width:0;border:0;border-bottom:1px solid var(--ink);border-radius:0;padding:.1rem;background:none;color:inherit}
:focus-visible{outline:2px solid #0f5ea8;outline-offset:2px}
.stamp{border:3px double var(--bad);color:var(--bad);font-weight:700;text-align:center;padding:.5rem;margin:0 0 1.5rem;letter-spacing:.04em}
footer{margin-top:2.5rem;color:var(--soft);font-size:.85rem}`;

const PRINT = `
@media print{
body{padding:0;max-width:none;font-size:10.5pt}h1{font-size:20pt}h2{font-size:13.5pt;margin-top:16pt}h3{font-size:11pt}
pre{font-size:9.5pt}.title{margin-top:14pt}.found{margin:7pt 0 9pt}.stamp{padding:.15rem;margin-bottom:.9rem}h1,h2,h3,h4,.head,.title,.label,thead{break-after:avoid}.head+p{break-before:avoid}
tr,li,.stamp,.note,.keep,.change{break-inside:avoid}p,li,pre{orphans:3;widows:3}thead{display:table-header-group}
footer{display:none}}`;

export type Margins = {
  /** Name of the document. */
  readonly name: string;
  /** On every page, or null. */
  readonly stamp: string | null;
  readonly paper: Paper;
};

/** The margins of every page. */
export const pageRule = ({ name, stamp, paper }: Margins, t: Translate): string =>
  `@page{size:${paper};margin:${stamp === null ? '16mm' : '22mm'} 16mm 18mm;
@bottom-left{content:${cssString(name)};font:8.5pt "Segoe UI",Arial,"Open Sans",sans-serif;color:#4f4d4b}
@bottom-right{content:${pageNumber(t)};font:8.5pt "Segoe UI",Arial,"Open Sans",sans-serif;color:#4f4d4b}
${stamp === null ? '' : `@top-center{content:${cssString(stamp)};font:bold 9pt "Segoe UI",Arial,"Open Sans",sans-serif;color:#a80d1a}`}}`;

export const pageStyle = (margins: Margins, t: Translate): string =>
  `${SCREEN}${PATH_STYLE}\n${pageRule(margins, t)}${PRINT}`;
