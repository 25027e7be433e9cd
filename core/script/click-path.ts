/** The same connector by hand: numbered clicks with the labels of today's Exchange admin center. */
import type { ClickPath } from '../calls/microsoft.ts';
import type { Profile } from '../profile.ts';
import type { Translate } from '../text.ts';
import type { z } from 'zod';
import { checkedWish } from './powershell.ts';

type Clicks = z.infer<typeof ClickPath>;

/** Quoted labels stay in English: that is how Microsoft's own guides print them; the admin center may show them translated. */
export function clickPath(profile: Profile, addresses: readonly string[], t: Translate): Clicks {
  const wanted = checkedWish({ profile, addresses });
  const step = (text: string, value: string | null = null): Clicks[number] => ({ text, value });
  const recognised =
    wanted.certificateName === null
      ? [
          step(
            t(
              'Under “Authenticating sent email” choose the way by IP address (“By verifying that the IP address of the sending server matches one of the following IP addresses, which belong exclusively to your organization”).',
            ),
          ),
          ...wanted.ips.map((address) => step(t('Type this address and click “+”.'), address)),
        ]
      : [
          step(
            t('Under “Authenticating sent email” choose the way by certificate, and type its name.'),
            wanted.certificateName,
          ),
        ];
  return [
    step(
      t('Open the Exchange admin center as an Exchange Administrator: Mail flow, Connectors.'),
      'https://admin.exchange.microsoft.com/#/connectors',
    ),
    step(
      t(
        'If there is already a connector with this name, open it and add what is missing below. Do not change any other connector.',
      ),
      wanted.name,
    ),
    step(t('Otherwise click “Add a connector”.')),
    step(
      t(
        'Under “Connection from” choose “Your organization’s email server” (some pages say “Your on-premises email server”). “Connection to” stays “Office 365”. Click “Next”.',
      ),
    ),
    step(t('Type this as “Name”.'), wanted.name),
    step(t('Type this as “Description”; RelayReady knows the connector again by it.'), wanted.comment),
    step(t('Leave “Turn it on” ticked. Click “Next”.')),
    ...recognised,
    step(t('Click “Next”, look at “Review connector”, then click “Create connector” and “Done”.')),
    step(
      t(
        'In the list, look whether the connector is on. If Microsoft says that support has to enable it, open a support request: this is usual in new organisations.',
      ),
    ),
    step(t('It can take from some minutes to about an hour until it works.')),
  ];
}
