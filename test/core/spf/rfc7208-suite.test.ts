/** Every test of the RFC 7208 suite through the pure evaluator. */
import { describe, expect, it } from 'vitest';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import {
  answerFrom,
  readSuite,
  suiteIsThere,
  SUITE_FILE,
  type SuiteTest,
  type Zone,
} from '../../helpers/rfc7208-suite.ts';
import { identityOf, run } from '../../helpers/spf-run.ts';

if (!suiteIsThere) console.warn(`The RFC 7208 suite is skipped: there is no file ${SUITE_FILE}.`);

const evaluate = (zone: Zone, test: SuiteTest) =>
  run(evaluateSpf({ ...identityOf(test), receiver: 'receiver.example' }), answerFrom(zone));

describe.skipIf(!suiteIsThere)(
  `RFC 7208 suite${suiteIsThere ? '' : ` (skipped: there is no file ${SUITE_FILE})`}`,
  () => {
    const scenarios = suiteIsThere ? readSuite() : [];
    let results = 0;
    let explanations = 0;

    for (const { name, tests, zone } of scenarios)
      describe(name, () => {
        for (const test of tests)
          it(test.id, () => {
            const evaluation = evaluate(zone, test);
            expect(evaluation.result).toBe(
              test.results.find((result) => result === evaluation.result) ?? test.results[0],
            );
            results += 1;
            if (test.explanation === undefined) return;
            expect(evaluation.explanation).toBe(test.explanation);
            explanations += 1;
          });
      });

    it('is complete: 203 results, 22 explanations', () => {
      expect({ results, explanations }).toEqual({ results: 203, explanations: 22 });
    });
  },
);
