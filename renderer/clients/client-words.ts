/** Words and states of clients, said once for every place that shows them. */
import type { EnvironmentInfo } from '../../core/calls/program.ts';
import type { ClientState } from '../../core/clients/list-clients.ts';
import { whoWord } from '../../core/report/words.ts';
import type { Who } from '../../core/result.ts';
import type { Translate } from '../../core/text.ts';
import { CLOUD_WORDS, type State } from '../components/words.ts';

export const SHOWN_AS: Readonly<Record<ClientState, State>> = {
  'action-needed': 'fail',
  'cannot-tell': 'unknown',
  ready: 'pass',
  new: 'waiting',
};

export const whoList = (who: readonly Who[], t: Translate): string => who.map((one) => whoWord(one, t)).join(', ');

/** Where a client's world is, as people know it. */
export const worldWord = ({ name, practice }: Pick<EnvironmentInfo, 'name' | 'practice'>, t: Translate): string => {
  if (practice !== null) return t('Practice');
  const word = CLOUD_WORDS[name];
  return word ? t(word) : name;
};
