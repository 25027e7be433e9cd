#!/usr/bin/env node
/** The `relayready` command: brings a source checkout up to date if it is one, then hands over to the command line. */
import { existsSync } from 'node:fs';

const setUp = new URL('../scripts/set-up.mjs', import.meta.url);
if (existsSync(setUp)) (await import(setUp.href)).setUp();
const { main } = await import('../dist/electron/cli.js');
await main(process.argv.slice(2));
