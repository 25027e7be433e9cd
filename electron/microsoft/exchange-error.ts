/** Reads what Exchange says when it refuses: the .NET type for matching, the text for showing. */
import { AppError, type ErrorCode, type ErrorParts } from '../../core/errors.ts';
import { SMALLEST_ROLE } from '../../core/plan/rights.ts';
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
export const isGone = (error: unknown): boolean => isOfType(error, /ManagementObjectNotFoundException$/);

const signInAgain = (detail: string, httpStatus: number, rule: boolean): AppError =>
  new ExchangeError(
    'sign-in-refused',
    rule
      ? say('A security rule of your organisation asks you to sign in to Microsoft 365 once more.')
      : say('Your sign-in to Microsoft 365 is no longer accepted.'),
    { remedy: say('Sign in again. Nothing was changed.'), who: 'you', detail, exceptionType: null, httpStatus },
  );

type Denial = {
  readonly cmdlet: string;
  readonly detail: string;
  readonly exceptionType: string | null;
  readonly httpStatus: number;
};

/** Three reasons why Exchange lets somebody in and then not do it: the program, this one command, or the role. */
function notPermitted({ cmdlet, detail, exceptionType, httpStatus }: Denial): AppError {
  const parts = { who: 'microsoft-admin' as const, detail, exceptionType, httpStatus };
  if (/\bscopes?\b|\bscp\b|insufficient_scope|\bconsent|application\b.{0,40}\b(permi|allow|authori)/i.test(detail))
    return new ExchangeError(
      'not-permitted',
      say('Exchange does not let this program act for you, whatever your own rights are. Nothing was changed.'),
      {
        remedy: say(
          'Let an administrator agree to the program for the whole organisation (admin consent), then sign in again; or use the script.',
        ),
        ...parts,
      },
    );
  if (exceptionType !== null && /CommandNotFound/.test(exceptionType))
    return new ExchangeError(
      'not-permitted',
      say('This account may use Exchange, but not the command {cmdlet}. Nothing was changed.', { cmdlet }),
      {
        remedy: say(
          'The smallest right that usually does is Exchange’s role “{role}”. Somebody in the role group “Organization Management” gives it: Exchange admin center, Roles, Admin roles.',
          { role: SMALLEST_ROLE },
        ),
        ...parts,
      },
    );
  return new ExchangeError(
    'not-permitted',
    say('This account may not do that in Exchange ({cmdlet}). Nothing was changed.', { cmdlet }),
    {
      remedy: say(
        'Ask a Global Administrator for the role “Exchange Administrator”, or let somebody who has it sign in. A role given just now can take some minutes to count.',
      ),
      ...parts,
    },
  );
}

/** Refusals everybody can do something about, by their type or by the command they name; both are the same in every language. */
const REMEDIES: readonly (readonly [RegExp, Text])[] = [
  [
    /Dehydrated|Enable-OrganizationCustomization/i,
    say(
      'This organisation has never changed its Exchange settings. An administrator runs Enable-OrganizationCustomization once; then wait a few minutes and try again.',
    ),
  ],
  [
    /ReadOnly|Lockdown|MigrationInProgress/i,
    say('Microsoft is moving or maintaining this organisation. Try again in some hours.'),
  ],
  [
    /Licen[cs]e|Subscription|ServicePlan/i,
    say('The organisation very likely lacks an Exchange licence. Let the administrator look under Billing, Licenses.'),
  ],
];

/** Turns an answer that is not a success into the error a person sees. Throttling and server trouble are handled before. */
export function errorOf(cmdlet: string, response: HttpResponse, body: unknown): AppError {
  const refusal = readRefusal(body, response.headers);
  const said = refusal?.text || cleanText(response.headers['x-ms-diagnostics'] ?? '', 400);
  const type = refusal?.type ?? null;
  const { status } = response;
  const challenge = cleanText(response.headers['www-authenticate'] ?? '', 400);
  if (status === 401) return signInAgain(said, status, /\bclaims=|insufficient_claims/i.test(challenge));
  if (status === 403 || (type !== null && /CommandNotFound|UnauthorizedAccess|AuthorizationContext/.test(type)))
    return notPermitted({ cmdlet, detail: said || challenge, exceptionType: type, httpStatus: status });
  if (status === 404 && type === null)
    return new AppError('unexpected-answer', say('Microsoft 365 does not know this organisation at this address.'), {
      remedy: say(
        'A new organisation can take some minutes to be known everywhere: try again later. Otherwise check that the right cloud is chosen.',
      ),
      who: 'nobody',
      detail: `HTTP 404 ${said}`,
    });
  if (refusal === null)
    return new AppError('unexpected-answer', say('Exchange answered in a way RelayReady does not understand.'), {
      remedy: say('Try again later, or use the script.'),
      who: 'nobody',
      detail: cleanText(`HTTP ${status} ${said}`, 400),
    });
  return new ExchangeError('exchange-refused', say('Exchange refused: {said}', { said: said || cmdlet }), {
    remedy:
      REMEDIES.find(([pattern]) => pattern.test(`${type ?? ''} ${said}`))?.[1] ??
      say('Nothing was changed by this. Show the text to your administrator, or use the script.'),
    who: 'microsoft-admin',
    detail: type === null ? said : `${type}: ${said}`,
    exceptionType: type,
    httpStatus: status,
  });
}
