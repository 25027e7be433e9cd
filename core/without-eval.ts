/** Keeps zod from building functions out of text, which the page's content security policy forbids; imported before any schema. */
import { z } from 'zod';

z.config({ jitless: true });
