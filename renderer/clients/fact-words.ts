/** Facts and their values in words, for the chart and the table beside it. */
import type { FactId, FactValue } from '../../core/clients/facts.ts';
import { say, type Text, type Translate } from '../../core/text.ts';

export const FACT_WORDS: Readonly<Record<FactId | 'verdict', Text>> = {
  verdict: say('State'),
  tenant: say('Organisation'),
  'relay-host': say('Microsoft’s mail server'),
  addresses: say('Addresses it sent from'),
  'port-25': say('Port 25'),
  listed: say('Block lists'),
  spf: say('SPF record'),
  'spf-state': say('Whom the record lets send'),
  dmarc: say('DMARC record'),
  connector: say('Connector'),
  'connector-addresses': say('Whom the connector lets in'),
  failing: say('Other checks that fail'),
  due: say('Due soon'),
};

/** Values that are words of ours, by the fact. */
const VALUE_WORDS: Readonly<Record<string, Text>> = {
  'verdict ready': say('Good'),
  'verdict action-needed': say('Needs doing'),
  'verdict cannot-tell': say('Could not tell'),
  'port-25 open': say('open'),
  'port-25 blocked': say('blocked'),
  'port-25 intercepted': say('somebody else answers'),
  'port-25 refused': say('Microsoft refuses'),
  'spf-state complete': say('everybody who should'),
  'spf-state incomplete': say('not everybody'),
  'spf-state none': say('there is no record'),
  'connector on': say('switched on'),
  'connector off': say('switched off'),
  'connector gone': say('not there'),
};

/** @param title of a check by its id */
export function valueWords(
  fact: FactId | 'verdict',
  value: FactValue,
  title: (id: string) => string,
  t: Translate,
): string {
  if (value.length === 0) return t('none');
  return value
    .map((one) => {
      const word = VALUE_WORDS[`${fact} ${one}`];
      if (word) return t(word);
      if (fact === 'failing') return title(one);
      // `kind date what`
      if (fact === 'due') return one.split(' ').slice(1).join(' ');
      return one;
    })
    .join(', ');
}
