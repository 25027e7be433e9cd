/** Licences of the packages RelayReady is made with, as the build wrote them down. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

const NAME = 'third-party-notices.txt';
/** Beside the built folders, or in them where the source itself runs. */
const PLACES = [new URL(`../../${NAME}`, import.meta.url), new URL(`../../dist/${NAME}`, import.meta.url)];

/** @throws AppError `storage` in a checkout that was never built */
export async function readNotices(): Promise<string> {
  const place = PLACES.find((url) => existsSync(url));
  if (place === undefined)
    throw new AppError('storage', say('The licences are written by the build, and this copy is not built.'), {
      remedy: say('Run “npm run build” first.'),
    });
  return readFile(place, 'utf8');
}
