/** `discover`: finds scanners and printers that announce themselves on the office's own network. */
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';

const KINDS = {
  own: say('this computer’s settings say it is your own'),
  guest: say('a guest or public network: it is not searched'),
  public: say('addresses of the internet or a provider: it is not searched'),
  vpn: say('a tunnel to elsewhere: it is not searched'),
  unknown: say('only you know whether it is your own'),
};

const discover: Command = {
  summary: say('Finds scanners and printers on this network by what they announce of themselves.'),
  usage: '[--own-network]',
  options: {
    'own-network': { type: 'boolean', help: say('this is the office’s own network, not a guest or public one') },
  },
  examples: [
    {
      line: 'relayready discover --own-network',
      text: say('Looks for devices in the office’s own network without asking first.'),
    },
  ],
  run: async (context) => {
    const { t } = context;
    const before = await context.call('device.discover', { ownNetwork: false });
    const tell = context.flag('own-network') ? context.note : context.warn;
    for (const { network, card, kind } of before.networks) tell(`${network} (${card}): ${t(KINDS[kind])}`);
    const searchable = before.networks.some(({ kind }) => kind === 'own' || kind === 'unknown');
    const agreed =
      searchable &&
      (context.flag('own-network') ||
        (await context.confirm(
          say('Is this the office’s own network, not a guest or public one? May it be searched?'),
          '--own-network',
        )));
    if (agreed)
      context.note(
        t('Asking by multicast who scans or prints, then each that answers what it is (SNMP and its web page).'),
      );
    const found = agreed ? await context.call('device.discover', { ownNetwork: true }) : before;
    const lines = found.devices.map(({ address, name, brand, model, note }) =>
      [address.padEnd(16), name, [brand, model].filter(Boolean).join(' '), note].filter(Boolean).join('  '),
    );
    const nothing = found.searched
      ? t('No device announced itself. Print its network page and give its address with --device.')
      : t(
          'Nothing was searched and nothing was sent. Print the device’s network page and give its address with --device.',
        );
    context.print({ schema: 'relayready/devices@1', ...found }, lines.length > 0 ? lines.join('\n') : nothing);
    return lines.length > 0 ? 0 : 4;
  },
};
export default discover;
