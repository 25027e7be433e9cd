/** Reads documents that people hand us; every mistake names the field and the remedy, and nothing in a file is trusted. */
import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Environment as EnvironmentSchema, type Environment } from '../../core/environment.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { describeZodError, parseStrictly } from '../../core/read-json.ts';
import { say, type Text } from '../../core/text.ts';

const MAX_BYTES = 1024 * 1024;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type What = 'profile' | 'environment' | 'report';
const CODE: Readonly<Record<What, ErrorCode>> = {
  profile: 'bad-profile',
  environment: 'bad-environment',
  report: 'bad-option',
};

type Reading = { readonly maxBytes?: number; readonly what: What };

/** UTF-8, without its byte order mark. @throws AppError `bad-profile` | `bad-environment` | `bad-option` */
export async function readTextFile(file: string, { maxBytes = MAX_BYTES, what }: Reading): Promise<string> {
  const wrong = (text: Text, remedy: Text) => new AppError(CODE[what], text, { field: file, remedy });
  let bytes: Buffer;
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxBytes)
        throw wrong(say('{file} is too large to be a {what}.', { file, what }), say('Name the right file.'));
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(
      say('{file} cannot be read ({code}).', { file, code: code ?? '?' }),
      say('Check the name of the file and your right to read it.'),
    );
  }
  if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0))
    throw wrong(say('{file} is not saved as UTF-8.', { file }), say('Save it again as UTF-8 text.'));
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** @throws AppError `bad-profile` | `bad-environment` | `bad-option` */
async function readJsonFile(file: string, reading: Reading): Promise<unknown> {
  const { what } = reading;
  const wrong = (text: Text, remedy: Text) => new AppError(CODE[what], text, { field: file, remedy });
  const text = await readTextFile(file, reading);
  try {
    return parseStrictly(text);
  } catch (error) {
    if ((error as Error).message === 'depth')
      throw wrong(say('{file} is nested too deeply.', { file }), say('Name the right file.'));
    throw new AppError(CODE[what], say('{file} is not a JSON document.', { file }), {
      field: file,
      remedy: say('Correct it, or save it again from RelayReady.'),
      detail: (error as Error).message,
    });
  }
}

/** @throws AppError `bad-profile` */
export async function readProfile(file: string): Promise<Profile> {
  const result = Profile.safeParse(await readJsonFile(file, { what: 'profile' }));
  if (result.success) return result.data;
  const { field, text } = describeZodError(result.error);
  throw new AppError('bad-profile', text, { field, remedy: say('Correct “{field}” in {file}.', { field, file }) });
}

/** Unknown fields are passed over and named in `warnings`. @throws AppError `bad-environment` */
export async function readEnvironment(
  file: string,
): Promise<{ readonly environment: Environment; readonly warnings: readonly Text[] }> {
  const value = await readJsonFile(file, { what: 'environment' });
  const result = EnvironmentSchema.safeParse(value);
  const fail = (field: string, text: Text): never => {
    throw new AppError('bad-environment', text, {
      field,
      remedy: say('Correct “{field}” in {file}.', { field, file }),
    });
  };
  if (!result.success) {
    const { field, text } = describeZodError(result.error);
    return fail(field, text);
  }
  const { clientId } = result.data.login;
  if (clientId !== null && !GUID.test(clientId))
    fail('login.clientId', say('“login.clientId” is not an application id.'));
  const known = new Set(Object.keys(EnvironmentSchema.shape));
  const warnings = Object.keys(value as object)
    .filter((key) => !known.has(key))
    .map((key) => say('The environment file has a field “{key}” that is not known and not used.', { key }));
  return { environment: { ...result.data, ca: await readCa(file, result.data.trust?.caFile) }, warnings };
}

async function readCa(file: string, caFile: string | undefined): Promise<readonly string[]> {
  if (caFile === undefined) return [];
  const place = path.resolve(path.dirname(file), caFile);
  const wrong = (text: Text) =>
    new AppError('bad-environment', text, {
      field: 'trust.caFile',
      remedy: say('Name a file of certificates in PEM form.'),
    });
  const handle = await open(place, 'r').catch(() => null);
  if (!handle) throw wrong(say('{file} cannot be read.', { file: place }));
  const text = await handle.readFile('utf8').finally(() => handle.close());
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw wrong(say('{file} holds no certificate.', { file: place }));
  for (const certificate of certificates)
    try {
      void new X509Certificate(certificate);
    } catch {
      throw wrong(say('{file} holds a damaged certificate.', { file: place }));
    }
  return certificates;
}
