/** `discover`: finds scanners and printers that announce themselves on the local network. */
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';

const discover: Command = {
  summary: say('Finds scanners and printers on this network (listens to what they announce by mDNS).'),
  usage: '',
  options: {},
  run: async (context) => {
    context.note(context.t('Listening for scanners and printers on this network; nothing is changed.'));
    const devices = await context.call('device.discover', {});
    const lines = devices.map(({ address, name, brand, model, note }) =>
      [address.padEnd(16), name, [brand, model].filter(Boolean).join(' '), note].filter(Boolean).join('  '),
    );
    context.print(
      { schema: 'relayready/devices@1', devices },
      lines.length > 0
        ? lines.join('\n')
        : context.t('No device announced itself. Print its network page and give its address with --device.'),
    );
    return devices.length > 0 ? 0 : 4;
  },
};
export default discover;
