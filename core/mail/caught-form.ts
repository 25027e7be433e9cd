/** The form of what a device sent: size, lines, letters, greeting. Most of it is forgiven by mail servers, some is not. */
import { parseIpv4 } from '../address.ts';
import type { Translate } from '../text.ts';
import { blocker, warning, type Finding } from './caught-endings.ts';
import type { Caught } from './caught.ts';

/** Exchange Online takes 150 MB at most; many tenants are set to 35 MB. */
const MOST_BYTES = 150 * 1024 * 1024;
const USUAL_BYTES = 35 * 1024 * 1024;

export const judgeForm = (caught: Caught, t: Translate): readonly Finding[] => [
  ...size(caught, t),
  ...lines(caught, t),
  ...letters(caught, t),
  ...greeting(caught, t),
  ...manners(caught, t),
];

function size({ bytes }: Caught, t: Translate): readonly Finding[] {
  const megabytes = Math.round(bytes / 1024 / 1024);
  const fix = t('Scan with fewer dots (dpi) or fewer pages.');
  if (bytes > MOST_BYTES)
    return [blocker(t('The message has {size, number} MB; Microsoft takes 150 MB at most.', { size: megabytes }), fix)];
  if (bytes > USUAL_BYTES)
    return [
      warning(t('The message has {size, number} MB. Many organisations take 35 MB at most.', { size: megabytes }), fix),
    ];
  return [];
}

function lines({ complete, bareLineFeeds, oddities }: Caught, t: Translate): readonly Finding[] {
  const firmware = t('Look for newer firmware.');
  if (complete && oddities.includes('odd-end'))
    return [
      blocker(
        t(
          'The device ends the message in a way most mail servers do not know (bare LF): they wait for an end that never comes.',
        ),
        firmware,
      ),
    ];
  const found: Finding[] = [];
  if (complete && (bareLineFeeds || oddities.includes('bare-commands')))
    found.push(
      warning(t('Some lines end in a way other mail servers may refuse outside Microsoft (bare LF).'), firmware),
    );
  if (oddities.includes('long-lines'))
    found.push(
      warning(t('Some lines have more than 998 characters; servers on the way may refuse or break them.'), firmware),
    );
  return found;
}

const letters = ({ undeclared8Bit }: Caught, t: Translate): readonly Finding[] =>
  undeclared8Bit
    ? [
        warning(
          t('The message holds special characters it does not announce; they may arrive garbled.'),
          t('Use plain letters in names and subjects on the device, or look for newer firmware.'),
        ),
      ]
    : [];

function greeting({ helo, mailFrom, oddities }: Caught, t: Translate): readonly Finding[] {
  const fix = t('Enter a host name on the device if you can.');
  if (mailFrom === null) return [];
  if (oddities.includes('empty-greeting') || oddities.includes('no-greeting'))
    return [warning(t('The device does not say its name when it calls; strict servers refuse that.'), fix)];
  if (helo === null || isGreetingName(helo)) return [];
  return [
    warning(
      t('The device introduces itself as “{name}”, which is not a name. That is usually harmless.', { name: helo }),
      fix,
    ),
  ];
}

function manners({ oddities }: Caught, t: Translate): readonly Finding[] {
  const found: Finding[] = [];
  const firmware = t('Nothing has to be done as long as mail arrives; newer firmware may mend it.');
  if (oddities.includes('no-brackets'))
    found.push(
      warning(t('The device writes addresses without the usual brackets (<>). Most servers forgive that.'), firmware),
    );
  if (oddities.includes('spoke-early'))
    found.push(
      warning(t('The device sends the message before it is asked for it; some servers refuse that.'), firmware),
    );
  return found;
}

/** A name, also a short one as devices have, or an address in brackets (RFC 5321 §4.1.3). */
function isGreetingName(text: string): boolean {
  if (/^\[[\d.]+\]$/.test(text) || /^\[ipv6:[\da-f:.]+\]$/i.test(text)) return true;
  if (parseIpv4(text) !== null || /^localhost(\.|$)/i.test(text)) return false;
  return text.length <= 253 && /^[a-z\d]([a-z\d-]{0,62})(\.[a-z\d-]{1,63})*\.?$/i.test(text);
}
