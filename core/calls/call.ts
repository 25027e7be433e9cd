/** What a call across the boundary is made of, and the parameters that many of them share. */
import { z } from 'zod';
import { Profile } from '../profile.ts';

export type Calls = Readonly<Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>>;

export const nothing = z.strictObject({});
/** Name of an environment the engine knows. */
export const environment = z.string().min(1).max(60);
export const place = { environment, profile: Profile };
