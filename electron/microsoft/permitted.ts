/** Which cmdlets the signed-in account may run, as Exchange lists them for its own PowerShell module. */
import { randomUUID } from 'node:crypto';
import { isAppError } from '../../core/errors.ts';
import type { Http, HttpResponse } from '../net/http.ts';

export type PermittedQuestion = {
  /** Address of the administration interface, with the tenant. */
  readonly base: string;
  readonly token: string;
  readonly account: string;
  readonly signal: AbortSignal;
  /** Told of the answer, which may ask everybody to wait. */
  readonly onAnswer: (response: HttpResponse) => void;
};

const DEADLINE_MS = 10_000;
/** The list comes with the module's source, some megabytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** The list belongs to a version of the module; this one is known to carry it. */
const MODULE_VERSION = '3.9.2';

const CMDLET = /^[A-Z][A-Za-z]+-[A-Za-z0-9]+$/;

/** Names stand in an array, or in one string. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value === 'string') return value.split(/[\s,;]+/).filter((name) => CMDLET.test(name));
  if (typeof value !== 'object' || value === null) return [];
  const key = Object.keys(value).find((name) => name.toLowerCase() === 'exportedcmdlets');
  return key === undefined ? [] : namesIn((value as Record<string, unknown>)[key]);
}

/**
 * Not a published interface, so any doubt is "cannot be told" and keeps nobody from going on.
 * @throws the signal's reason when aborted
 */
export async function readPermitted(
  http: Http,
  { base, token, account, signal, onAnswer }: PermittedQuestion,
): Promise<readonly string[] | null> {
  try {
    // The interface's own version differs from that of InvokeCommand.
    const url = `${base.replace(/\/adminapi\/[^/]+\//, '/adminapi/v1.0/')}/EXOModuleFile?Version=${MODULE_VERSION}`;
    const response = await http.send({
      method: 'GET',
      url,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        commandname: '*',
        'x-anchormailbox': `UPN:${account}`,
        'client-request-id': randomUUID(),
      },
      signal,
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
    });
    onAnswer(response);
    if (response.status !== 200) return null;
    const { value } = JSON.parse(response.text) as { value?: unknown };
    const names = namesIn(value);
    // A list without the cmdlet everybody who plans has is some other list.
    return names.some((name) => /^Get-InboundConnector$/i.test(name)) ? names : null;
  } catch (error) {
    if (isAppError(error) || error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
