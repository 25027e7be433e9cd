/** Says in plain words why a question to the DNS was not answered. */
import type { Who } from '../result.ts';
import { say, type Text } from '../text.ts';

/** @param status outcome of the question, as the DNS client names it */
export function dnsTrouble(status: string, name: string): Text {
  switch (status) {
    case 'timeout':
      return say('No name server answered in time when asked for {name}.', { name });
    case 'unreachable':
      return say('No name server could be reached to ask for {name}.', { name });
    case 'server-failed':
      return say(
        'The name server could not look up {name} (SERVFAIL): the domain’s own name servers are out of order, or its signature (DNSSEC) is broken.',
        { name },
      );
    case 'refused':
      return say('The name server refused to look up {name}.', { name });
    case 'alias-loop':
      return say('The DNS entries of {name} lead in a circle, or from one to the next without end.', { name });
    case 'rewritten':
      return say(
        'This network’s name server makes answers up: names that do not exist get an address, and so did {name}. Such an answer is not used.',
        { name },
      );
    case 'incomplete':
      return say('The answer about {name} was cut off, and the whole of it could not be fetched (TCP port 53).', {
        name,
      });
    case 'malformed':
      return say('The answer about {name} belongs to another name or cannot be read.', { name });
    case 'bad-name':
      return say('“{name}” cannot be looked up: it is not a valid name.', { name });
    default:
      return say('The answer of the name server about {name} could not be used ({status}).', { name, status });
  }
}

const OWN_NETWORK: readonly Text[] = [
  say('Check that this computer is on the internet, then try again.'),
  say('If it stays like this, ask whoever looks after your network whether name look-ups (DNS) are blocked.'),
];
const REFUSED: readonly Text[] = [
  say('Ask whoever looks after your network to let this computer use the name server.'),
  say('Or set another name server (DNS) on this computer, then try again.'),
];
const REWRITTEN: readonly Text[] = [
  say('Ask your internet provider to switch off made-up answers for names that do not exist.'),
  say('Or set another name server (DNS) on this computer, then try again.'),
];
const OTHER_SIDE: readonly Text[] = [
  say('Try again in a few minutes.'),
  say('If it stays like this, tell whoever keeps the DNS of that domain; they have to repair it.'),
];

/** @returns what to do about it, and who has to */
export function dnsRemedy(status: string): { readonly fix: readonly Text[]; readonly who: Who } {
  switch (status) {
    case 'server-failed':
    case 'alias-loop':
      return { fix: OTHER_SIDE, who: 'dns-host' };
    case 'refused':
      return { fix: REFUSED, who: 'you' };
    case 'rewritten':
      return { fix: REWRITTEN, who: 'internet-provider' };
    default:
      return { fix: OWN_NETWORK, who: 'you' };
  }
}
