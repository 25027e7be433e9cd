/** English: the source texts are written in it, so nothing has to be said twice. */
import type { Catalogue } from '../text.ts';

export const en: Catalogue = {};
