/** What the test messages prove together; inside alone proves nothing, because that works without a connector (Direct Send). */
import type { ReportVerdict } from '../result.ts';
import type { Translate } from '../text.ts';
import type { TestMessage } from './test-document.ts';

export type TestJudgement = { readonly verdict: ReportVerdict; readonly summary: string };

export function judgeTest(messages: readonly Pick<TestMessage, 'kind' | 'outcome'>[], t: Translate): TestJudgement {
  const outcomeOf = (kind: TestMessage['kind']) => messages.find((message) => message.kind === kind)?.outcome ?? null;
  const any = (outcome: TestMessage['outcome']) => messages.some((message) => message.outcome === outcome);
  const inside = outcomeOf('internal');
  const outside = outcomeOf('external');
  if (any('refused') && any('unknown'))
    return {
      verdict: 'action-needed',
      summary: t(
        'Microsoft refused one message. Whether the other arrived is not known; it is not sent again by itself.',
      ),
    };
  if (outside === 'refused' && inside === 'accepted')
    return {
      verdict: 'action-needed',
      summary: t(
        'Colleagues can be reached, the outside cannot: most likely Microsoft does not recognise this office as yours yet.',
      ),
    };
  if (outside === 'accepted' && inside === 'refused')
    return {
      verdict: 'action-needed',
      summary: t('The outside can be reached, but the message to the colleague was refused.'),
    };
  if (any('refused')) return { verdict: 'action-needed', summary: t('Microsoft refused the test message.') };
  if (any('unknown'))
    return {
      verdict: 'cannot-tell',
      summary: t(
        'The connection ended before Microsoft answered. The message may have arrived or not; it is not sent again by itself.',
      ),
    };
  if (any('deferred'))
    return {
      verdict: 'cannot-tell',
      summary: t('Microsoft put the test message off for now. Try again in a few minutes.'),
    };
  if (any('not-sent'))
    return { verdict: 'cannot-tell', summary: t('The test message could not be sent from this computer.') };
  if (outside === 'accepted')
    return {
      verdict: 'ready',
      summary: t(
        'Microsoft accepted the test message to the outside. This office may send. Accepted is not arrived: look into the mailbox, and among its junk mail.',
      ),
    };
  return {
    verdict: 'cannot-tell',
    summary: t(
      'The inside message was accepted. That proves nothing yet: it works without a connector, too. Test an outside address.',
    ),
  };
}
