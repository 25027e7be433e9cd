/** `spf`: one SPF evaluation (RFC 7208) and the record to publish. */
import { spfText } from '../../core/report/spf-text.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Command } from '../terminal/command.ts';

const spf: Command = {
  summary: say('Says whether an address may send for a domain, and which SPF record to publish.'),
  usage: '--ip IP --domain D [--sender S] [--helo H]',
  options: {
    ip: { type: 'string', value: 'IP', help: say('the address mail comes from') },
    helo: { type: 'string', value: 'NAME', help: say('the name the sender says hello with') },
  },
  examples: [
    {
      line: 'relayready spf --ip 203.0.113.7 --domain contoso.com',
      text: say('May this address send for contoso.com, and which record would let it?'),
    },
  ],
  run: async (context) => {
    const saved = context.text('profile') === undefined ? null : await context.profile();
    const need = (option: 'ip' | 'domain'): string => {
      const value = context.text(option) ?? (option === 'ip' ? saved?.publicIps[0] : saved?.domain);
      if (value !== undefined) return value;
      throw new AppError('missing-input', say('--{option} is missing.', { option }), {
        field: `--${option}`,
        remedy: say('Write for example: relayready spf --ip 203.0.113.7 --domain contoso.com'),
      });
    };
    const sender = context.text('sender') ?? saved?.sender ?? undefined;
    const helo = context.text('helo');
    const ip = need('ip');
    const domain = need('domain');
    const document = await context.call('spf.evaluate', {
      environment: await context.environment(),
      ip,
      domain,
      ...(sender === undefined ? {} : { sender }),
      ...(helo === undefined ? {} : { helo }),
    });
    context.print(document, spfText(document, context.t));
    if (document.result === 'temperror') return 4;
    return document.result === 'pass' && document.proposed === null ? 0 : 3;
  },
};
export default spf;
