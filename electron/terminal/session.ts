/** One run of one command: its engine, its output, its clock, and what it prints when something stops it. */
import path from 'node:path';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import type { Progress } from '../../core/progress.ts';
import { say } from '../../core/text.ts';
import { english } from '../../core/text.ts';
import { languageFor } from '../storage/languages.ts';
import type { Api } from '../api.ts';
import { VERSION } from '../version.ts';
import { bugError, call, wireError, type CallContext } from '../dispatch.ts';
import { logBug } from '../log.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { readEnvironment } from '../storage/read-document.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { ask, canAsk } from './ask.ts';
import type { Command, CommandContext } from './command.ts';
import { assembleProfile, readDeadline, text } from './given.ts';
import { commandHelp } from './help.ts';
import { languageWanted } from './language.ts';
import { openBrowser } from './open-browser.ts';
import { openOutput } from './output.ts';
import { progressLine } from './progress-line.ts';

export type TerminalSession = {
  /** Speaks the language that the line asks for, whatever else is wrong with it. */
  readonly speak: (argv: readonly string[]) => Promise<void>;
  readonly run: (name: string, command: Command, argv: readonly string[]) => Promise<number>;
  readonly fail: (error: AppError, json: boolean) => void;
  readonly bug: (error: unknown, json: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Troubles with signing in, to which there is another way. */
const WITHOUT_SIGN_IN: ReadonlySet<ErrorCode> = new Set([
  'sign-in-refused',
  'sign-in-timeout',
  'no-application',
  'wrong-tenant',
  'not-permitted',
]);

/** @param controller aborted by an interrupt or a deadline */
export function createSession(controller: AbortController): TerminalSession {
  const { signal } = controller;
  let t = english;
  let output = openOutput({ json: false, quiet: false });
  let api: Promise<Api> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const run = async (name: string, command: Command, argv: readonly string[]): Promise<number> => {
    const given = readArguments(argv, command);
    output = openOutput({ json: given.values['json'] === true, quiet: given.values['quiet'] === true });
    if (given.values['help'] === true) {
      process.stdout.write(commandHelp(name, command, t));
      return 0;
    }
    if (given.values['version'] === true) {
      process.stdout.write(`${VERSION}\n`);
      return 0;
    }
    const folder = text(given, 'data-folder');
    // A scheduler passes on words, and not all of them variables.
    if (folder !== undefined) process.env['RELAYREADY_DATA'] = path.resolve(folder);
    const deadlineMs = readDeadline(text(given, 'deadline'));
    if (deadlineMs !== null && command.deadline !== 'checks')
      timer = setTimeout(
        () => controller.abort(new AppError('timeout', say('This took longer than the time you gave it.'))),
        deadlineMs,
      );
    const context: CallContext = {
      signal,
      t,
      // A code to type is no progress: without it nobody could go on.
      onProgress: (progress: Progress) =>
        (progress.code === undefined ? output.note : output.warn)(progressLine(progress)),
      ...(deadlineMs === null ? {} : { deadlineAt: performance.now() + deadlineMs }),
    };
    return command.run(commandContext(given, context));
  };

  const commandContext = (given: Arguments, context: CallContext): CommandContext => {
    let environmentName: Promise<string> | null = null;
    const openApi = (): Promise<Api> => {
      // The engine takes its time to load, and help needs none.
      api ??= import('../api.ts').then(({ createApi }) =>
        createApi({
          dataFolder: dataFolder(),
          openBrowser: given.values['no-browser'] === true ? printAddress : openOrPrint,
        }),
      );
      return api;
    };
    /** The environment is read and known to the engine before anything is asked of it. */
    const environment = (): Promise<string> => {
      environmentName ??= (async () => {
        const file = text(given, 'environment');
        if (file === undefined) return 'public';
        const read = await readEnvironment(file);
        for (const warning of read.warnings) output.warn(t(warning));
        await (await openApi()).worlds.add({ environment: read.environment });
        return read.environment.name;
      })();
      return environmentName;
    };
    const self: CommandContext = {
      api: openApi,
      callContext: context,
      call: async (method, params) => call((await openApi()).engine, method, params, context),
      text: (option) => text(given, option),
      flag: (option) => given.values[option] === true,
      positionals: given.positionals,
      environment,
      profile: () => assembleProfile(given, (question, option) => ask(question, option, t, signal)),
      signIn: async (profile, name) => {
        const account = await self.call('sign-in.start', {
          environment: name ?? (await environment()),
          profile,
          deviceCode: given.values['device-code'] === true,
        });
        output.note(
          t('Signed in as {username}, {tenant}.', {
            username: account.username,
            tenant: account.tenant.name ?? account.tenant.id,
          }),
        );
      },
      ask: (question, option) => ask(question, option, t, signal),
      confirm: async (question, option) => {
        const asked = canAsk() ? say('{question} [y/N]', { question: t(question) }) : question;
        const answer = await ask(asked, option, t, signal);
        return [/^y(es)?$/i, new RegExp(`^(${t('y')}|${t('yes')})$`, 'iu')].some((yes) => yes.test(answer));
      },
      ...output,
      json: given.values['json'] === true,
      quiet: given.values['quiet'] === true,
      signal,
      t,
    };
    return self;
  };

  // Other programs read this line, so it stays as it is in every language.
  const printAddress = async (url: string): Promise<void> => output.warn(`Open this address to sign in: ${url}`);
  const openOrPrint = async (url: string): Promise<void> => openBrowser(url).catch(() => printAddress(url));

  return {
    speak: async (argv) => {
      const { stdout, env, platform } = process;
      t = await languageFor(languageWanted(argv, { terminal: stdout.isTTY, env, platform }));
    },
    run,
    fail: (error, json) => {
      const wire = wireError(error, t);
      output.warn([wire.field === null ? null : `${wire.field}:`, wire.message].filter(Boolean).join(' '));
      if (wire.remedy !== null) output.warn(wire.remedy);
      if (wire.detail !== null) output.warn(`(${wire.detail})`);
      if (WITHOUT_SIGN_IN.has(error.code))
        output.warn(
          t(
            'Without a sign-in: “relayready script --out relay.ps1” writes the same as a script for your administrator.',
          ),
        );
      if (json) process.stdout.write(`${JSON.stringify(wire, null, 2)}\n`);
    },
    bug: async (error, json) => {
      const wire = bugError(await logBug(dataFolder(), error), t);
      output.warn(`${wire.message} ${wire.remedy ?? ''}`);
      if (json) process.stdout.write(`${JSON.stringify(wire, null, 2)}\n`);
    },
    close: async () => {
      clearTimeout(timer);
      await (await api)?.close();
    },
  };
}

/** Options that sign-in brings to a command. */
export const SIGN_IN_OPTIONS = {
  'no-browser': { type: 'boolean', help: say('print the sign-in address instead of opening the browser') },
  'device-code': { type: 'boolean', help: say('sign in with a code (only where the browser cannot be used)') },
} as const satisfies Command['options'];
