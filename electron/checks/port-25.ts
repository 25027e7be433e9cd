/** Port 25 to Microsoft: open, refused, silent, or answered by somebody else. */
import { z } from 'zod';
import { officeAddresses } from '../../core/evidence/office-address.ts';
import { isMicrosoftGreeting } from '../../core/evidence/greeting.ts';
import { explain } from '../../core/explain/explain.ts';
import { english, say } from '../../core/text.ts';
import { couldNotTell, defineCheck } from '../check.ts';
import publicIp from './public-ip.ts';
import relayHost from './relay-host.ts';

const Evidence = z.object({
  /** A TCP connection could be made. */
  open: z.boolean(),
  /** First greeting line without its code. */
  banner: z.string().nullable(),
  /** The greeting names a host of Microsoft's. */
  microsoft: z.boolean(),
  /** How far the conversation got. */
  outcome: z
    .enum(['greeted', 'rejected', 'refused', 'timeout', 'unreachable', 'no-greeting', 'closed', 'not-smtp'])
    .nullable(),
  /** The greeting's reply code and text when it was not 220. */
  refusal: z.string().nullable(),
  /** Port 587 of the submission service answers; null when it was not asked. */
  submissionOpen: z.boolean().nullable(),
});

const SUBMISSION_MS = 8000;

export default defineCheck({
  title: say('Port 25'),
  why: say('Mail servers talk on port 25; many internet providers block it until asked.'),
  station: 'port-25',
  atOffice: true,
  essential: true,
  deadlineMs: 40_000,
  needs: { relayHost, publicIp },
  evidence: Evidence,
  blank: { open: false, banner: null, microsoft: false, outcome: null, refusal: null, submissionOpen: null },
  probe: async ({ environment, net, needs, signal, progress }) => {
    const { host } = await needs.relayHost;
    if (host === null)
      return couldNotTell(say('Microsoft’s mail server is not known yet, so it could not be called.'), [
        say('See what “Microsoft’s mail server for your domain” says, and settle that first.'),
      ]);
    const { hostSuffixes, smtpPort, submission } = environment.relay;
    progress(say('Calling {host} on port {port}', { host, port: String(smtpPort) }));
    const probe = await net.smtp.probe(host, { signal });
    const { outcome, banner } = probe;
    if (outcome === 'no-address')
      return couldNotTell(say('{host} has no IPv4 address that could be called.', { host }));
    if (outcome === 'forbidden')
      return couldNotTell(
        say('{host} leads to {address}, an address RelayReady does not call.', { host, address: probe.address ?? '?' }),
        [
          say('Check that the name is spelled right.'),
          say('If it is, ask whoever looks after your network why {host} leads to an inside address here.', { host }),
        ],
      );
    const open = !['refused', 'timeout', 'unreachable'].includes(outcome);
    let submissionOpen: boolean | null = null;
    if (!open && submission) {
      progress(
        say('Calling {host} on port {port}, to compare', { host: submission.host, port: String(submission.port) }),
      );
      const other = await net.smtp.probe(submission.host, { signal, port: submission.port, deadlineMs: SUBMISSION_MS });
      submissionOpen = !['refused', 'timeout', 'unreachable', 'no-address', 'forbidden'].includes(other.outcome);
    }
    const refusal =
      outcome === 'rejected' ? (probe.transcript.findLast(({ from }) => from === 'server')?.line ?? null) : null;
    const known = refusal !== null && explain(refusal, english).id !== null;
    const microsoft = isMicrosoftGreeting(banner ?? '', { hostSuffixes, refused: refusal !== null, known });
    return { open, banner, microsoft, outcome, refusal, submissionOpen };
  },
  judge: ({ open, banner, microsoft, outcome, refusal, submissionOpen }, { profile, environment, needs, t }) => {
    const host = needs.relayHost.host ?? '';
    const port = String(environment.relay.smtpPort);
    if (!open) {
      const online =
        submissionOpen ??
        needs.publicIp.votes.every((vote) => vote.address !== null || vote.error === 'not-an-address');
      if (submissionOpen === false || (submissionOpen === null && !online && needs.publicIp.address === null))
        return {
          status: 'unknown',
          summary: t('Nothing outside could be reached, on port {port} or any other.', { port }),
          cause: t(
            'Most likely this computer has no internet at the moment, or a firewall lets nothing but web pages through.',
          ),
          fix: [t('Check the internet connection and try again.')],
          who: 'you',
        };
      const address = officeAddresses({ profile, seen: [], voted: needs.publicIp.address })[0];
      return {
        status: 'fail',
        summary:
          outcome === 'timeout'
            ? t('Port {port} is blocked: {host} never answers.', { port, host })
            : outcome === 'unreachable'
              ? t('Port {port} is blocked: the network says there is no way to {host}.', { port, host })
              : t('Port {port} is blocked: the call to {host} is turned away.', { port, host }),
        cause: t(
          'Usually the internet provider blocks outgoing mail; sometimes it is the office’s own firewall, or security software on this computer.',
        ),
        fix: [
          t('Send the text below to your internet provider.'),
          t(
            'If they say it is open, ask whoever looks after your router or firewall to allow outgoing port {port} for the scanner.',
            { port },
          ),
          t('Other ports do not help: port 587 is another service, which asks for a sign-in.'),
        ],
        who: 'internet-provider',
        details: [
          {
            kind: 'copy',
            label: t('To your internet provider'),
            text:
              address === undefined
                ? t(
                    'Please open outgoing TCP port {port} on our business line, so that our scanners can send mail to Microsoft 365 ({host}).',
                    { port, host },
                  )
                : t(
                    'Please open outgoing TCP port {port} on our business line with the fixed address {address}, so that our scanners can send mail to Microsoft 365 ({host}).',
                    { port, address, host },
                  ),
          },
        ],
      };
    }
    if (outcome === 'no-greeting' || (outcome === 'closed' && (banner === null || microsoft)))
      return {
        status: 'unknown',
        summary:
          banner !== null
            ? t('{host} greeted, but then fell silent, hung up or said what no mail server says.', { host })
            : outcome === 'closed'
              ? t('{host} was reached, but the connection was cut before a greeting.', { host })
              : t('{host} was reached, but stayed silent.', { host }),
        cause: t('A firewall or security software on this computer may take the call itself; or Microsoft is busy.'),
        fix: [
          t('Try again in a few minutes.'),
          t('If it stays like this, try another computer in the office, or ask whoever looks after your firewall.'),
        ],
        who: 'you',
      };
    if (outcome === 'rejected' && microsoft) {
      const meaning = explain(refusal ?? '', t);
      const later = (refusal ?? '').startsWith('4');
      return {
        status: later ? 'unknown' : 'fail',
        summary: t('{host} was reached and turned this office away: {refusal}', { host, refusal: refusal ?? '' }),
        cause: meaning.cause,
        fix: meaning.fix,
        who: meaning.who,
      };
    }
    if (!microsoft)
      return {
        status: 'fail',
        summary:
          outcome === 'not-smtp'
            ? t('Something answers in place of {host}, and it is no mail server.', { host })
            : t('Something answers in place of {host}: “{banner}”.', { host, banner: banner ?? '' }),
        cause:
          needs.relayHost.source === 'entered'
            ? t('The name that was entered is not Microsoft’s, or a firewall or provider takes over all mail traffic.')
            : t('A firewall in the office or the internet provider takes over all mail traffic.'),
        fix: [
          t('Ask whoever looks after your router or firewall to let port {port} to Microsoft through untouched.', {
            port,
          }),
          t('If it is not there, ask your internet provider.'),
        ],
        who: needs.relayHost.source === 'entered' ? 'you' : 'internet-provider',
      };
    return { status: 'pass', summary: t('Port {port} is open, and Microsoft answers.', { port }) };
  },
});
