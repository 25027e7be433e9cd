/** The picture of the path: states of stations and stretches, what stands at them, where it stops; and the same on paper. */
import { describe, expect, it } from 'vitest';
import type { TestMessage } from '../../../core/mail/test-document.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { Profile } from '../../../core/profile.ts';
import { pathHtml } from '../../../core/report/path-html.ts';
import type { PathKnowledge } from '../../../core/report/path-facts.ts';
import { pathOf } from '../../../core/report/path.ts';
import { CheckResult, Station } from '../../../core/result.ts';
import { english } from '../../../core/text.ts';

const HOST = 'contoso-com.mail.protection.outlook.com';

const result = (id: string, station: Station, patch: Partial<CheckResult> = {}): CheckResult => ({
  ...CheckResult.parse({
    id,
    title: id,
    why: '',
    station,
    essential: true,
    status: 'pass',
    summary: `${id} says so.`,
    cause: null,
    fix: [],
    who: 'nobody',
    evidence: {},
    details: [],
    durationMs: 1,
  }),
  ...patch,
});

const LINE = [
  result('device', 'device', { evidence: { reachable: true } }),
  result('tenant', 'microsoft', { evidence: { inMicrosoft365: true } }),
  result('relay-host', 'microsoft', { evidence: { host: HOST } }),
  result('public-ip', 'line', { evidence: { address: '203.0.113.7' } }),
  result('port-25', 'port-25', { evidence: { open: true } }),
  result('starttls', 'port-25', { evidence: { offered: true } }),
];
const CONNECTOR = result('connector', 'microsoft', { needsSignIn: true, evidence: { matching: 'RelayReady' } });

const message = (outcome: TestMessage['outcome'], kind: TestMessage['kind'] = 'external'): TestMessage => ({
  to: kind === 'external' ? 'somebody@example.net' : 'office@contoso.com',
  kind,
  outcome,
  reply: null,
  explanation: null,
  messageId: '<1@contoso.com>',
  transcript: [],
});
const tested = (...messages: readonly TestMessage[]): PathKnowledge['test'] => ({
  schema: 'relayready/test@1',
  verdict: 'ready',
  summary: 'So it went.',
  host: HOST,
  messages: [...messages],
});
const outcome = (status: Outcome['status']): Outcome => ({
  schema: 'relayready/outcome@1',
  status,
  tenant: { id: '1', name: null, initialDomain: null },
  steps: [],
  connector: status === 'done' ? { Name: 'RelayReady' } : null,
  findings: [],
  finishedAt: '2026-01-01T00:00:00.000Z',
});

const known = (patch: Partial<PathKnowledge> = {}): PathKnowledge => ({
  profile: Profile.parse({
    domain: 'contoso.com',
    devices: [{ address: '192.168.1.50', brand: 'Ricoh', model: 'IM' }],
  }),
  results: [],
  outcome: null,
  test: null,
  port: 25,
  ...patch,
});
/** One word a part, in the order of travel. */
const states = (knowledge: PathKnowledge, running: readonly Station[] = []) =>
  pathOf(knowledge, english, { running })
    .parts.map(({ state }) => state)
    .join(' ');
const without = (...ids: readonly string[]) => LINE.filter(({ id }) => !ids.includes(id));
const failing = (id: string, patch: Partial<CheckResult>) =>
  LINE.map((one) => (one.id === id ? { ...one, status: 'fail' as const, ...patch } : one));

describe('the path of a scan', () => {
  it('is six stations and the five stretches between them', () => {
    const { parts, stop } = pathOf(known(), english);
    expect(parts.map(({ kind }) => kind === 'stretch')).toEqual(parts.map((_, at) => at % 2 === 1));
    expect(parts).toHaveLength(11);
    expect(parts.filter(({ kind }) => kind === 'station').map(({ id }) => id)).toEqual(Station.options);
    expect(parts[1]?.name).toBe('From Scanner to Office network');
    expect(new Set(parts.map(({ state }) => state))).toEqual(new Set(['waiting']));
    expect(stop).toBeNull();
  });

  it('grows as facts come in', () => {
    const facts = (knowledge: PathKnowledge) =>
      pathOf(knowledge, english).parts.map((part) => (part.kind === 'station' ? part.facts : part.word));
    expect(facts(known())).toEqual([['Ricoh IM', '192.168.1.50'], null, [], null, [], null, [], null, [], null, []]);
    expect(facts(known({ results: [...LINE, CONNECTOR], test: tested(message('accepted')) }))).toEqual([
      ['Ricoh IM', '192.168.1.50'],
      'answers',
      [],
      'online',
      ['203.0.113.7'],
      'open',
      [HOST, 'port 25'],
      'encrypted',
      ['RelayReady', 'contoso.com'],
      'accepted',
      ['example.net'],
    ]);
  });

  it.each<[string, PathKnowledge, string]>([
    [
      'nothing lets the office in before a connector does',
      known({ results: LINE }),
      'pass pass pass pass pass pass pass pass waiting waiting waiting',
    ],
    [
      'a connector that was looked at',
      known({ results: [...LINE, CONNECTOR] }),
      'pass pass pass pass pass pass pass pass pass waiting waiting',
    ],
    [
      'a connector that was not looked at, for nobody is signed in',
      known({ results: [...LINE, { ...CONNECTOR, status: 'skipped' }] }),
      'pass pass pass pass pass pass pass pass waiting waiting waiting',
    ],
    [
      'a change that was made',
      known({ results: LINE, outcome: outcome('done') }),
      'pass pass pass pass pass pass pass pass pass waiting waiting',
    ],
    [
      'a change that was refused',
      known({ results: LINE, outcome: outcome('refused') }),
      'pass pass pass pass pass pass pass pass fail waiting waiting',
    ],
    [
      'a later look outweighs the change',
      known({ results: [...LINE, CONNECTOR], outcome: outcome('refused') }),
      'pass pass pass pass pass pass pass pass pass waiting waiting',
    ],
    [
      'a message to the outside that was taken proves it all',
      known({ results: LINE, test: tested(message('refused', 'internal'), message('accepted')) }),
      'pass pass pass pass pass pass pass pass pass pass pass',
    ],
    [
      'one that was refused',
      known({ results: LINE, test: tested(message('accepted', 'internal'), message('refused')) }),
      'pass pass pass pass pass pass pass pass waiting fail waiting',
    ],
    [
      'one of which nothing is known',
      known({ results: LINE, test: tested(message('unknown')) }),
      'pass pass pass pass pass pass pass pass waiting unknown waiting',
    ],
    [
      'a scanner that is asleep does not darken the rest',
      known({ results: failing('device', { status: 'warn', evidence: { reachable: false } }) }),
      'warn warn pass pass pass pass pass pass waiting waiting waiting',
    ],
    [
      'a side question without an answer',
      known({ results: [...LINE, result('blocklists', 'line', { essential: false, status: 'unknown' })] }),
      'pass pass pass pass pass pass pass pass waiting waiting waiting',
    ],
    [
      'the one question of a stretch without an answer',
      known({
        results: LINE.map((one) =>
          one.id === 'port-25' ? { ...one, status: 'unknown', evidence: { open: false } } : one,
        ),
      }),
      'pass pass pass pass pass unknown unknown pass waiting waiting waiting',
    ],
  ])('%s', (_, knowledge, expected) => {
    expect(states(knowledge)).toBe(expected);
  });

  it('shows what is being looked at, and nothing else, as running', () => {
    expect(states(known({ results: without('port-25', 'starttls', 'public-ip') }), ['line', 'port-25'])).toBe(
      'pass pass waiting running running running running waiting waiting waiting waiting',
    );
  });

  it('stops on the stretch that is blocked, and says why', () => {
    const results = failing('port-25', { evidence: { open: false }, summary: 'The provider blocks port 25.' });
    const { stop, parts } = pathOf(known({ results }), english);
    expect(stop).toEqual({
      at: 5,
      where: 'It stops between Internet line and Port 25.',
      why: 'The provider blocks port 25.',
    });
    expect(parts[5]).toMatchObject({ kind: 'stretch', state: 'fail', word: 'blocked' });
  });

  it('stops at the station where the stretch before it holds', () => {
    const results = failing('port-25', { evidence: { open: true }, summary: 'Somebody else answers.' });
    expect(pathOf(known({ results }), english).stop).toEqual({
      at: 6,
      where: 'It stops at: Port 25.',
      why: 'Somebody else answers.',
    });
  });
});

describe('the picture on paper', () => {
  const results = failing('port-25', { evidence: { open: false }, summary: '<b>Blocked</b>' });
  const { html } = pathHtml(pathOf(known({ results }), english), english);

  it('is one list in the order of travel, its drawings hidden from readers', () => {
    expect(html.match(/<li /g)).toHaveLength(11);
    expect(html.match(/<svg /g)?.length).toBe(html.match(/<svg [^>]*aria-hidden="true"/g)?.length);
    const words = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('It stops between Internet line and Port 25.');
    expect(words).toContain('From Internet line to Port 25: blocked');
    expect(words.indexOf('Scanner')).toBeLessThan(words.indexOf('Recipient'));
  });

  it('lets nothing in that was said outside', () => {
    expect(html).not.toContain('<b>Blocked');
    expect(html).toContain('&lt;b&gt;Blocked');
  });

  it('tells states apart without colour: by icon, word and kind of line', () => {
    expect(html).toContain('stretch is-fail');
    expect(html).toContain('needs doing');
    expect(html).toContain('beyond');
  });
});
