/** The domain owner's own explanation of a refusal, `exp=` (RFC 7208 §6.2); any trouble means there is none. */
import type { EvaluationRun } from './evaluation-run.ts';
import { expandMacros, expandTarget, localPart } from './expand-macro.ts';
import { reverseName } from './ip-network.ts';
import { readMacroString, usesMacro, type MacroString } from './macro-string.ts';
import type { SpfSteps } from './spf-question.ts';

/** Its look-ups count towards no limit (§4.6.4). */
export function* explain(run: EvaluationRun, target: MacroString, domain: string): SpfSteps<string | null> {
  const name = expandTarget(target, yield* valuesFor(run, target, domain));
  if (name === null) return null;
  const answer = yield* run.ask(name, 'TXT');
  if (answer.status !== 'found' || answer.records.length !== 1) return null;
  const read = readMacroString(answer.records[0] ?? '', 'explanation');
  if ('problem' in read) return null;
  if (usesMacro(read.value, 'sl') && /[^\0-\x7f]/.test(localPart(run.input.sender))) return null;
  return expandMacros(read.value, yield* valuesFor(run, read.value, domain));
}

function* valuesFor(run: EvaluationRun, parts: MacroString, domain: string) {
  if (!usesMacro(parts, 'p')) return run.macroValues(domain, 'unknown');
  const validated = yield* run.validatedName(yield* run.ask(reverseName(run.ip), 'PTR'), domain);
  return run.macroValues(domain, validated ?? 'unknown');
}
