/** `serve`: the wizard in the browser, on the loopback address only. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { startServe } from '../serve.ts';
import type { Command } from '../terminal/command.ts';
import { openBrowser } from '../terminal/open-browser.ts';

const serve: Command = {
  summary: say('Opens the wizard for a browser on this computer (and only on it).'),
  usage: '[--port N] [--open]',
  options: {
    port: { type: 'string', value: 'N', help: say('port on the loopback address; default: any free one') },
    open: { type: 'boolean', help: say('open the browser, too') },
    practice: { type: 'boolean', help: say('start in practice, without account or internet') },
  },
  examples: [
    { line: 'relayready serve --open', text: say('The wizard in this computer’s browser.') },
    {
      line: 'relayready serve --practice --port 8080',
      text: say('A wizard to practise with, at an address that stays the same.'),
    },
  ],
  run: async (context) => {
    const given = context.text('port') ?? '0';
    const port = Number(given);
    if (!/^\d{1,5}$/.test(given) || port > 65_535)
      throw new AppError('bad-option', say('“{value}” is not a port.', { value: given.slice(0, 20) }), {
        field: '--port',
        remedy: say('Write a number from 1 to 65535.'),
      });
    const api = await context.api();
    api.worlds.start = context.flag('practice')
      ? (await context.call('practice.start', { scenario: 'all-well' })).name
      : await context.environment();
    const host = await startServe({ api, port });
    const { address } = host;
    context.print(
      { schema: 'relayready/serve@1', url: address, port: host.port },
      context.t('RelayReady is open on this computer at {address}', { address }),
    );
    if (context.flag('open'))
      await openBrowser(address).catch(() => context.warn(context.t('Open that address in your browser.')));
    const idle = await new Promise<boolean>((resolve) => {
      context.signal.addEventListener('abort', () => resolve(false), { once: true });
      void host.stopped.then(resolve);
    });
    if (idle) context.warn(context.t('Nobody has used RelayReady for an hour, so it has closed its page.'));
    await host.close();
    return context.signal.aborted ? 130 : 0;
  },
};
export default serve;
