/** Calls for what is printed and passed on. */
import { z } from 'zod';
import { SetUp } from '../set-up.ts';
import type { Calls } from './call.ts';

export const DocumentKind = z.enum(['handover', 'report', 'checklist']);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const documentCalls = {
  'document.render': {
    params: z.strictObject({
      kind: DocumentKind,
      /** Everything known; a checklist needs none of it. */
      setUp: SetUp.nullable(),
    }),
    result: z.object({ html: z.string(), fileName: z.string() }),
  },
} as const satisfies Calls;
