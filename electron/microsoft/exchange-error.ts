/** Reads what Exchange says when it refuses: the .NET type for matching, the text for showing. */
import { AppError, type ErrorCode, type ErrorParts } from '../../core/errors.ts';
import { say, type Text } from '../../core/text.ts';
import type { HttpResponse } from '../net/http.ts';
import { cleanText } from './clean-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Refused by Exchange itself; `exceptionType` is the same in every language, the text is not. */
export class ExchangeError extends AppError {
  readonly exceptionType: string | null;
  readonly httpStatus: number;
  constructor(
    code: ErrorCode,
    message: Text,
    parts: ErrorParts & { readonly exceptionType: string | null; readonly httpStatus: number },
  ) {
    super(code, message, parts);
    this.exceptionType = parts.exceptionType;
    this.httpStatus = parts.httpStatus;
  }
}

export const isExchangeError = (error: unknown): error is ExchangeError => error instanceof ExchangeError;

/** Property names come in more than one spelling (`internalexception`, `internalException`). */
function pick(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : (value as Json)[key];
}

const stringAt = (value: unknown, ...path: readonly string[]): string | null => {
  const found = path.reduce<unknown>(
    (inner, name) => (name === '0' && Array.isArray(inner) ? inner[0] : pick(inner, name)),
    value,
  );
  return typeof found === 'string' && found.trim() !== '' ? found : null;
};

export type Refusal = { readonly type: string | null; readonly text: string };

/** @param body the whole JSON answer. The innermost message says most; the outermost is usually just "Invalid Operation". */
export function readRefusal(body: unknown, headers: HttpResponse['headers']): Refusal | null {
  const error = pick(body, 'error');
  if (error === undefined || error === null) return null;
  const message =
    stringAt(error, 'innererror', 'internalexception', 'message') ??
    stringAt(error, 'details', '0', 'message') ??
    stringAt(error, 'message') ??
    (typeof error === 'string' ? error : '');
  const parts = /^\s*\|([\w.+`]+)\|([\s\S]*)$/.exec(message);
  const type =
    parts?.[1] ?? stringAt(error, 'innererror', 'internalexception', 'type') ?? headers['x-exceptiontype'] ?? null;
  return { type: type === null ? null : cleanText(type, 200), text: cleanText(parts?.[2] ?? message) };
}

export const isOfType = (error: unknown, pattern: RegExp): boolean =>
  isExchangeError(error) && error.exceptionType !== null && pattern.test(error.exceptionType);

/** The new-tenant block; Exchange words it in the tenant's language, the type stays. */
export const isProhibited = (error: unknown): boolean => isOfType(error, /ProhibitedException$/);
export const isAlreadyThere = (error: unknown): boolean =>
  isOfType(error, /(AlreadyExists|ObjectAlreadyExists|Duplicate)\w*Exception$/) ||
  (isExchangeError(error) && error.httpStatus === 409);
export const isGone = (error: unknown): boolean =>
  isOfType(error, /ManagementObjectNotFoundException$/) || (isExchangeError(error) && error.httpStatus === 404);

const signInAgain = (detail: string, httpStatus: number): AppError =>
  new ExchangeError('sign-in-refused', say('Your sign-in to Microsoft 365 is no longer accepted.'), {
    remedy: say('Sign in again. Nothing was changed.'),
    who: 'you',
    detail,
    exceptionType: null,
    httpStatus,
  });

const notPermitted = (cmdlet: string, detail: string, exceptionType: string | null, httpStatus: number): AppError =>
  new ExchangeError(
    'not-permitted',
    say('This account may not do that in Exchange ({cmdlet}). Nothing was changed.', { cmdlet }),
    {
      remedy: say(
        'Ask a Global Administrator for the role “Exchange Administrator”, or let somebody who has it sign in. A role given just now can take some minutes to count.',
      ),
      who: 'microsoft-admin',
      detail,
      exceptionType,
      httpStatus,
    },
  );

/** Turns an answer that is not a success into the error a person sees. Throttling and server trouble are handled before. */
export function errorOf(cmdlet: string, response: HttpResponse, body: unknown): AppError {
  const refusal = readRefusal(body, response.headers);
  const said = refusal?.text || cleanText(response.headers['x-ms-diagnostics'] ?? '', 400);
  const type = refusal?.type ?? null;
  const { status } = response;
  if (status === 401) return signInAgain(said, status);
  if (status === 403 || (type !== null && /CommandNotFound|UnauthorizedAccess|AuthorizationContext/.test(type)))
    return notPermitted(cmdlet, said, type, status);
  if (refusal === null)
    return new AppError('unexpected-answer', say('Exchange answered in a way RelayReady does not understand.'), {
      remedy: say('Try again later, or use the script.'),
      who: 'nobody',
      detail: cleanText(`HTTP ${status} ${said}`, 400),
    });
  return new ExchangeError('exchange-refused', say('Exchange refused: {said}', { said: said || cmdlet }), {
    remedy: say('Nothing was changed by this. Show the text to your administrator, or use the script.'),
    who: 'microsoft-admin',
    detail: type === null ? said : `${type}: ${said}`,
    exceptionType: type,
    httpStatus: status,
  });
}
