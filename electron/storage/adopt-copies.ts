/** A synchronised folder keeps both when two computers saved the same set-up; the second one becomes a set-up of its own. */
import { createHash } from 'node:crypto';
import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { readSetUp } from './read-set-up.ts';
import { writeFileSafely } from './write-file.ts';

/** `<id> (conflicted copy …).json` of Dropbox, `<id>-COMPUTER.json` of OneDrive, and the like. */
const COPY = /^[0-9a-f-]{36}.+\.json$/;

/** The same copy always gets the same id, so that nothing comes twice when the program dies in between. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * @param names files in `place`
 * @param aside folder the copies go to; none is deleted
 * @returns ids of the set-ups they became
 */
export async function adoptCopies(place: string, names: readonly string[], aside: string): Promise<readonly string[]> {
  const adopted: string[] = [];
  for (const name of names.filter((one) => COPY.test(one))) {
    const file = path.join(place, name);
    const read = await readSetUp(file);
    // One that is still being fetched, or is none of ours, stays where it is.
    if (read.state !== 'good') continue;
    const { setUp, more } = read;
    const id = idOf(`${name} ${setUp.savedAt} ${JSON.stringify(setUp.profile)}`);
    const title = `${setUp.profile.name || setUp.profile.domain} (2)`.trim().slice(0, 100);
    const own = path.join(place, `${id}.json`);
    try {
      if (!(await stat(own).catch(() => null)))
        await writeFileSafely(
          own,
          JSON.stringify({ ...more, ...setUp, id, profile: { ...setUp.profile, name: title } }, null, 1),
        );
      await mkdir(aside, { recursive: true, mode: 0o700 });
      await rename(file, path.join(aside, name));
      adopted.push(id);
    } catch {
      // A full disk: the copy stays and is taken up the next time.
    }
  }
  return adopted;
}
