/** The one way into the engine: parses what comes in and what goes out, and turns trouble into a value every host can show. */
import { contract, type Method, type ParsedParams, type Reply, type Result, type WireError } from '../core/contract.ts';
import { AppError, isAppError } from '../core/errors.ts';
import type { Progress } from '../core/progress.ts';
import { manyMayWait } from './net/deadline.ts';
import { say, type Translate } from '../core/text.ts';

export type CallContext = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly t: Translate;
  /** `performance.now()` by which checks have to be told or called unknown. */
  readonly deadlineAt?: number;
};

/** One function per contract method. */
export type Engine = {
  readonly [M in Method]: (params: ParsedParams<M>, context: CallContext) => Promise<Result<M>>;
};

/** @throws AppError, or a bug as it is */
export async function call<M extends Method>(
  engine: Engine,
  method: M,
  params: unknown,
  context: CallContext,
): Promise<Result<M>> {
  const parsed = contract[method].params.safeParse(params);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError(
      'bad-input',
      say('“{field}” {problem}.', { field: issue?.path.join('.') ?? method, problem: issue?.message ?? '?' }),
      { field: issue?.path.join('.') ?? method, remedy: say('Correct it and try again.') },
    );
  }
  manyMayWait(context.signal);
  const work = engine[method] as (params: unknown, context: CallContext) => Promise<unknown>;
  try {
    return contract[method].result.parse(await work(parsed.data, context)) as Result<M>;
  } catch (error) {
    if (context.signal.aborted && !isAppError(error))
      throw new AppError('cancelled', say('Stopped, as you asked.'), { cause: error });
    throw error;
  }
}

/** For hosts that speak over a wire: never throws. `onBug` gets what is nobody's fault but ours. */
export async function dispatch(
  engine: Engine,
  method: string,
  params: unknown,
  context: CallContext,
  onBug: (error: unknown) => Promise<string>,
): Promise<Reply<unknown>> {
  try {
    if (!Object.hasOwn(contract, method))
      throw new AppError('bad-input', say('There is no call “{method}”.', { method: method.slice(0, 60) }));
    return { ok: true, value: await call(engine, method as Method, params, context) };
  } catch (error) {
    if (isAppError(error)) return { ok: false, error: wireError(error, context.t) };
    return { ok: false, error: bugError(await onBug(error), context.t) };
  }
}

export const wireError = (error: AppError, t: Translate): WireError => ({
  schema: 'relayready/error@1',
  code: error.code,
  message: t(error.text),
  remedy: error.remedy && t(error.remedy),
  field: error.field,
  who: error.who,
  detail: error.detail,
});

/** @param logFile where the details were written */
export const bugError = (logFile: string, t: Translate): WireError => ({
  schema: 'relayready/error@1',
  code: 'bug',
  message: t('Something went wrong inside RelayReady. This is our mistake, not yours.'),
  remedy: t('Nothing you entered is lost. Try again; the details are in {file}.', { file: logFile }),
  field: null,
  who: 'nobody',
  detail: null,
});
