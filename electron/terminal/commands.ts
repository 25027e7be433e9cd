/** Finds the commands: one file each in `commands/`; overview, completion and manual page are made from what these files say. */
import { readdirSync } from 'node:fs';
import type { Command } from './command.ts';

const COMMANDS = new URL('../commands/', import.meta.url);

export type NamedCommand = Command & { readonly name: string };

export const commandNames = (): readonly string[] =>
  readdirSync(COMMANDS)
    .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => file.replace(/\.(ts|js)$/, ''))
    .sort();

/** @param name one of `commandNames` */
export async function loadCommand(name: string): Promise<NamedCommand> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const loaded = (await import(new URL(`${name}.${extension}`, COMMANDS).href)) as { default: Command };
  return { ...loaded.default, name };
}

/** In the order of their names. */
export const loadCommands = (): Promise<readonly NamedCommand[]> => Promise.all(commandNames().map(loadCommand));
