/** `explain`: what a server's reply means, offline. */
import { MAX_LENGTH } from '../../core/explain/read-text.ts';
import { explanationText } from '../../core/report/explanation-text.ts';
import { say } from '../../core/text.ts';
import { AppError } from '../../core/errors.ts';
import type { Command } from '../terminal/command.ts';

const explain: Command = {
  summary: say('Explains what a mail server, a bounce message or a sign-in page said; works offline.'),
  usage: '"REPLY TEXT"',
  options: {},
  // Quotes are easily forgotten; the words then come one by one.
  positionals: 1000,
  examples: [
    {
      line: 'relayready explain "550 5.7.64 TenantAttribution; Relay Access Denied"',
      text: say('What a reply of a mail server means.'),
    },
    { line: 'relayready explain - < bounce.eml', text: say('What a bounce message means that was saved as a file.') },
  ],
  run: async (context) => {
    const given = context.positionals.join(' ');
    const text = given === '' || given === '-' ? await readStandardInput() : given;
    if (text.trim() === '')
      throw new AppError('missing-input', say('There is nothing to explain.'), {
        field: 'REPLY TEXT',
        remedy: say('Put the reply in quotes behind the command, or pipe it in.'),
      });
    const document = await context.call('reply.explain', { text: text.slice(0, MAX_LENGTH) });
    context.print(document, explanationText(document, context.t));
    return 0;
  },
};
export default explain;

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  // Chunks end anywhere, also inside a letter.
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.length > MAX_LENGTH) break;
  }
  return text;
}
