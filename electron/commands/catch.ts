/** `catch`: a local mail catcher that shows what a device really sends. */
import { parseIpv4 } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import { caughtText } from '../../core/report/caught-text.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';

const catchCommand: Command = {
  summary: say('Catches mail from a device on this network and shows what it really sends; passes nothing on.'),
  usage: '[--port N] [--device IP]',
  options: { port: { type: 'string', value: 'N', help: say('port to listen on (2525)') } },
  examples: [
    {
      line: 'relayready catch --port 2525 --device 192.168.1.50',
      text: say('Waits for mail of one device; set this computer as its mail server.'),
    },
  ],
  run: async (context) => {
    const given = context.text('port') ?? '2525';
    const port = Number(given);
    if (!/^\d{1,5}$/.test(given) || port > 65_535)
      throw new AppError('bad-option', say('“{value}” is not a port.', { value: given.slice(0, 20) }), {
        field: '--port',
        remedy: say('Write a number from 1 to 65535.'),
      });
    const device = context.text('device');
    if (device !== undefined && parseIpv4(device) === null)
      throw new AppError('bad-option', say('“{value}” is not an IPv4 address.', { value: device.slice(0, 60) }), {
        field: '--device',
        remedy: say('Write it like 192.168.1.50.'),
      });
    const known = context.text('domain') ?? context.text('profile');
    const domain = known === undefined ? undefined : (await context.profile()).domain;
    const messages = await context.call('device.catch', {
      port,
      ...(device === undefined ? {} : { device }),
      ...(domain === undefined ? {} : { domain }),
    });
    context.print({ schema: 'relayready/caught@1', messages }, caughtText(messages, context.t));
    if (messages.length === 0) return 4;
    return messages.some(({ findings }) => findings.some(({ severity }) => severity === 'blocker')) ? 3 : 0;
  },
};
export default catchCommand;
