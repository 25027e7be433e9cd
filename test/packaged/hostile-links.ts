/** Addresses nobody should open, made from one seed. */
import { randomOf } from '../helpers/random.ts';

const PARTS =
  'https: http: HTTPS: file: javascript: ms-msdt: vbscript: search-ms: ms-officecmd: app: data: intent: // / \\\\ \\ /// @ : ? # %2f %00 \u0000 \t \r\n \u202e example.com 192.168.0.4 127.0.0.1 localhost [::1] 0x7f.1 10.0.0.1 ２５５.1 user .. C: $(id) `id` ;id &calc -e --help'.split(
    ' ',
  );

export function hostileLinks(count: number, seed: number): readonly string[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.below(8) }, () => random.pick(PARTS)).join(''),
  );
}
