/** A small PDF like a scanner's: one A4 page, a picture, and text that can be selected (ISO 32000-1). */

const PAGE = { width: 595, height: 842 };

/** WinAnsi has the letters of western Europe; another becomes a question mark. */
const literal = (text: string): string =>
  Array.from(text.normalize('NFC'))
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 63;
      if ('()\\'.includes(letter)) return `\\${letter}`;
      if (letter === '’') return '\\222';
      return code >= 32 && code < 256 && (code < 127 || code > 159) ? letter : '?';
    })
    .join('');

/** Grey stripes, as a glass plate has them: 16 × 16 pixels, one byte each, in hexadecimal. */
const picture = (): string =>
  Array.from({ length: 256 }, (_, index) => (170 + ((index % 16) * 3 + (index >> 4) * 2)).toString(16)).join('');

/** Helvetica of 12 points fits some 85 letters between the margins. */
const WIDTH = 80;
const wrapped = (text: string): readonly string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);

/** @param lines the first is the title. @returns the file, one byte for each character (latin1) */
export function testPage(lines: readonly string[]): string {
  const [title = '', ...rest] = lines;
  const text = [
    `/F1 18 Tf (${literal(title)}) Tj 0 -36 Td /F1 12 Tf`,
    ...rest.flatMap((line) => [...wrapped(line).map((part) => `(${literal(part)}) Tj 0 -18 Td`), '0 -8 Td']),
  ].join('\n');
  const content = `q 495 0 0 60 50 730 cm /I1 Do Q\nBT 50 680 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /I1 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceGray /BitsPerComponent 8 /Interpolate true /Filter /ASCIIHexDecode /Length 513 >>\nstream\n${picture()}>\nendstream`,
  ];
  let file = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}
