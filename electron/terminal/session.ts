/** One run of one command: its engine, its output, its clock, and what it prints when something stops it. */
import path from 'node:path';
import { domainToASCII } from 'node:url';
import { parseDomain, parseIpv4, parseMailAddress } from '../../core/address.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Text, type Translate } from '../../core/text.ts';
import { english } from '../../core/text.ts';
import { languageFor } from '../storage/languages.ts';
import { createApi, type Api } from '../api.ts';
import { VERSION } from '../version.ts';
import { bugError, call, wireError, type CallContext } from '../dispatch.ts';
import { logBug } from '../log.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { readEnvironment, readProfile } from '../storage/read-document.ts';
import { commandHelp, readArguments, type Arguments } from './arguments.ts';
import { ask } from './ask.ts';
import type { Command, CommandContext } from './command.ts';
import { openBrowser } from './open-browser.ts';
import { progressLine } from './progress-line.ts';

export type TerminalSession = {
  readonly t: Translate;
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

const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** @param controller aborted by an interrupt or a deadline */
export function createSession(controller: AbortController): TerminalSession {
  const { signal } = controller;
  let t = english;
  let api: Promise<Api> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const run = async (name: string, command: Command, argv: readonly string[]): Promise<number> => {
    const given = readArguments(argv, command);
    t = await languageFor(text(given, 'language') ?? systemLanguage(given.values['json'] === true));
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
      onProgress: (progress: Progress) => note(progressLine(progress)),
      ...(deadlineMs === null ? {} : { deadlineAt: performance.now() + deadlineMs }),
    };
    return command.run(commandContext(given, context));
  };

  const commandContext = (given: Arguments, context: CallContext): CommandContext => {
    let environmentName: Promise<string> | null = null;
    const openApi = (): Promise<Api> => {
      api ??= Promise.resolve(
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
        for (const warning of read.warnings) note(t(warning));
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
        note(
          t('Signed in as {username}, {tenant}.', {
            username: account.username,
            tenant: account.tenant.name ?? account.tenant.id,
          }),
        );
      },
      ask: (question, option) => ask(question, option, t, signal),
      confirm: async (question, option) => {
        const answer = await ask(say('{question} [y/N]', { question: t(question) }), option, t, signal);
        return [/^y(es)?$/i, new RegExp(`^(${t('y')}|${t('yes')})$`, 'iu')].some((yes) => yes.test(answer));
      },
      print: (document, words) =>
        void process.stdout.write(
          given.values['json'] === true ? `${JSON.stringify(document, null, 2)}\n` : `${words.trimEnd()}\n`,
        ),
      note,
      json: given.values['json'] === true,
      signal,
      t,
    };
    return self;
  };

  // Other programs read this line, so it stays as it is in every language.
  const printAddress = async (url: string): Promise<void> => note(`Open this address to sign in: ${url}`);
  const openOrPrint = async (url: string): Promise<void> => openBrowser(url).catch(() => printAddress(url));

  return {
    get t() {
      return t;
    },
    run,
    fail: (error, json) => {
      const wire = wireError(error, t);
      note([wire.field === null ? null : `${wire.field}:`, wire.message].filter(Boolean).join(' '));
      if (wire.remedy !== null) note(wire.remedy);
      if (wire.detail !== null) note(`(${wire.detail})`);
      if (WITHOUT_SIGN_IN.has(error.code))
        note(
          t(
            'Without a sign-in: “relayready script --out relay.ps1” writes the same as a script for your administrator.',
          ),
        );
      if (json) process.stdout.write(`${JSON.stringify(wire, null, 2)}\n`);
    },
    bug: async (error, json) => {
      const wire = bugError(await logBug(dataFolder(), error), t);
      note(`${wire.message} ${wire.remedy ?? ''}`);
      if (json) process.stdout.write(`${JSON.stringify(wire, null, 2)}\n`);
    },
    close: async () => {
      clearTimeout(timer);
      await (await api)?.close();
    },
  };
}

/** What the system speaks, for people on a terminal; programs that read the output get English unless they ask for something else. */
const systemLanguage = (json: boolean): string => {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return json || !process.stdout.isTTY ? 'en' : ([LC_ALL, LC_MESSAGES, LANG].find(Boolean) ?? 'en');
};

const text = (given: Arguments, option: string): string | undefined => {
  const value = given.values[option];
  return typeof value === 'string' ? value : undefined;
};

function readDeadline(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || seconds <= 0 || seconds > 86_400)
    throw wrong('--deadline', value, say('Write a number of seconds between 1 and 86400.'));
  return seconds * 1000;
}

const wrong = (option: string, value: string, remedy: Text, code: ErrorCode = 'bad-option'): AppError =>
  new AppError(code, say('“{value}” is not a value for {option}.', { value: value.slice(0, 80), option }), {
    field: option,
    remedy,
  });

/** The profile of the file, each of its fields overridden by the option of its name. */
async function assembleProfile(
  given: Arguments,
  askFor: (question: Text, option: string) => Promise<string>,
): Promise<Profile> {
  const file = text(given, 'profile');
  const saved = file === undefined ? null : await readProfile(file);
  const domainText =
    text(given, 'domain') ??
    saved?.domain ??
    (await askFor(say('Which mail domain is it, e.g. contoso.com?'), '--domain'));
  const domain = parseDomain(domainText, domainToASCII);
  if (domain === null) throw wrong('--domain', domainText, say('Write it like contoso.com.'));
  const profile: Profile = { ...(saved ?? Profile.parse({ domain, name: domain })), domain };
  const senderText = text(given, 'sender');
  if (senderText !== undefined) {
    const sender = parseMailAddress(senderText, domainToASCII);
    if (sender === null) throw wrong('--sender', senderText, say('Write it like scanner@{domain}.', { domain }));
    profile.sender = sender;
  }
  const addresses = given.values['public-ip'] as readonly string[] | undefined;
  if (addresses)
    profile.publicIps = addresses
      .flatMap((value) => value.split(','))
      .map((value) => {
        const address = parseIpv4(value);
        if (address === null) throw wrong('--public-ip', value, say('Write an IPv4 address like 203.0.113.7.'));
        return address;
      });
  const device = text(given, 'device');
  if (device !== undefined) {
    if (parseIpv4(device) === null && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(device))
      throw wrong('--device', device, say('Write the device’s address like 192.168.1.50, or its name.'));
    const [first, ...others] = profile.devices;
    profile.devices = [{ name: '', brand: null, model: null, ...first, address: device }, ...others];
  }
  return profile;
}

/** Options that sign-in brings to a command. */
export const SIGN_IN_OPTIONS = {
  'no-browser': { type: 'boolean', help: say('print the sign-in address instead of opening the browser') },
  'device-code': { type: 'boolean', help: say('sign in with a code (only where the browser cannot be used)') },
} as const satisfies Command['options'];
