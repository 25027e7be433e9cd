/** Containers of the app's icon: `.ico` (Microsoft's ICO format) and `.icns` (Apple's icon image), written and read back. */

/** One size of the icon: PNG, and its pixels as RGBA from top to bottom. */
export type Drawn = { readonly size: number; readonly png: Buffer; readonly rgba: Buffer };

/** Windows shows 16 to 256; the largest as PNG, the others as bitmaps, which every installer can read. */
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const;

/** Type codes of PNG images; `@2x` ones stand for half their pixels. */
export const ICNS_TYPES: Readonly<Record<string, number>> = {
  icp4: 16,
  icp5: 32,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
};

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** A device-independent bitmap as icons hold it: twice as high, upside down, BGRA, then a mask that hides nothing. */
function bitmap({ size, rgba }: Drawn): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4;
      const to = ((size - 1 - y) * size + x) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(from, from + 4);
      pixels.set([blue, green, red, alpha], to);
    }
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size);
  return Buffer.concat([header, pixels, mask]);
}

export function writeIco(drawn: readonly Drawn[]): Buffer {
  const images = drawn.map((one) => ({ size: one.size, data: one.size >= 256 ? one.png : bitmap(one) }));
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of images.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    head.set([size % 256, size % 256], at);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...images.map(({ data }) => data)]);
}

/** @returns width of each image, as the image itself says */
export function readIco(file: Buffer): readonly number[] {
  if (file.readUInt32LE(0) !== 0x00010000) throw new Error('no icon file');
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    const data = file.subarray(offset, offset + length);
    if (data.length !== length) throw new Error('an image is cut off');
    const size = data.subarray(0, 8).equals(PNG) ? readPng(data).width : data.readInt32LE(4);
    if ((file[at] || 256) !== size) throw new Error('the list and the image differ');
    return size;
  });
}

export function writeIcns(drawn: readonly Drawn[]): Buffer {
  const parts = Object.entries(ICNS_TYPES).flatMap(([type, size]) => {
    const png = drawn.find((one) => one.size === size)?.png;
    if (!png) throw new Error(`not drawn: ${size}`);
    const head = Buffer.alloc(8, type, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return [head, png];
  });
  const head = Buffer.alloc(8, 'icns', 'latin1');
  head.writeUInt32BE(
    parts.reduce((sum, part) => sum + part.length, 8),
    4,
  );
  return Buffer.concat([head, ...parts]);
}

/** @returns type and width of each image */
export function readIcns(file: Buffer): Readonly<Record<string, number>> {
  if (file.toString('latin1', 0, 4) !== 'icns' || file.readUInt32BE(4) !== file.length) throw new Error('no icns file');
  const found: Record<string, number> = {};
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at + 4);
    found[file.toString('latin1', at, at + 4)] = readPng(file.subarray(at + 8, at + length)).width;
    at += length;
  }
  return found;
}

/** Size and kind of pixels, from the first chunk (PNG, section 11.2.1). */
export function readPng(file: Buffer): { readonly width: number; readonly height: number; readonly alpha: boolean } {
  if (!file.subarray(0, 8).equals(PNG)) throw new Error('no PNG file');
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20), alpha: file[25] === 6 };
}
