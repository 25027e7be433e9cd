/** DNS messages in and out (RFC 1035, EDNS RFC 6891) over the codec; what does not belong to the question is left out. */
import packet from 'dns-packet';
import { cleanText } from './clean-text.ts';
import type { DnsRecord, DnsStatus, DnsType } from './dns.ts';

/** Avoids fragments on any usual path. */
const UDP_PAYLOAD_BYTES = 1232;
const MAX_TTL_SECONDS = 604_800;
/** RFC 1034 sets no limit; longer chains are somebody's mistake. */
export const MAX_ALIASES = 12;

export type Decoded = {
  readonly id: number;
  readonly status: DnsStatus;
  readonly truncated: boolean;
  /** The server may not know EDNS. */
  readonly dislikesEdns: boolean;
  readonly records: readonly DnsRecord[];
  readonly aliases: readonly string[];
  readonly authenticated: boolean;
  readonly authoritative: boolean;
};

export function encodeQuestion(id: number, name: string, type: DnsType, recursive: boolean, edns: boolean): Buffer {
  return packet.encode({
    type: 'query',
    id,
    flags: (recursive ? packet.RECURSION_DESIRED : 0) | packet.AUTHENTIC_DATA,
    questions: [{ name, type, class: 'IN' }],
    ...(edns
      ? { additionals: [{ type: 'OPT', name: '.', udpPayloadSize: UDP_PAYLOAD_BYTES, flags: 0, options: [] } as never] }
      : {}),
  });
}

const same = (a: string, b: string): boolean =>
  a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase();

/** @returns null for a message that is no answer to this question: to be ignored */
export function decodeAnswer(bytes: Buffer, name: string, type: DnsType): Decoded | null {
  let message: packet.DecodedPacket;
  try {
    message = packet.decode(bytes);
  } catch {
    return null;
  }
  const question = message.questions?.[0];
  if (message.type !== 'response') return null;
  const rcode = (message as unknown as { rcode: string }).rcode;
  const withoutQuestion = (rcode === 'FORMERR' || rcode === 'NOTIMP') && !question;
  if (!withoutQuestion && (!question || !same(question.name, name) || question.type !== type)) return null;
  const { aliases, records, loop } = follow(message.answers ?? [], name, type);
  const status: DnsStatus = loop
    ? 'alias-loop'
    : rcode === 'NXDOMAIN'
      ? 'no-such-name'
      : rcode === 'REFUSED'
        ? 'refused'
        : rcode !== 'NOERROR'
          ? 'server-failed'
          : records.length > 0 || aliases.length > 0
            ? 'ok'
            : isAboutOthers(message.answers ?? [], name)
              ? 'malformed'
              : 'no-data';
  return {
    id: message.id ?? -1,
    status,
    truncated: message.flag_tc,
    dislikesEdns: rcode === 'FORMERR' || rcode === 'NOTIMP',
    records: status === 'ok' ? records : [],
    aliases,
    authenticated: message.flag_ad,
    authoritative: message.flag_aa,
  };
}

/** Records were given, and none of them for the name that was asked: no answer, least of all “there is none”. */
const isAboutOthers = (answers: readonly packet.Answer[], name: string): boolean =>
  answers.length > 0 && !answers.some((answer) => same(answer.name, name));

/** Walks from the asked name over aliases to the records; records of other names are not for us (owner mismatch). */
function follow(answers: readonly packet.Answer[], name: string, type: DnsType) {
  const aliases: string[] = [];
  let owner = name;
  const seen = new Set([name.toLowerCase()]);
  for (;;) {
    const records = answers.filter((answer) => same(answer.name, owner) && answer.type === type).map(toRecord);
    const found = records.filter((record): record is DnsRecord => record !== null);
    if (found.length > 0) return { aliases, records: found, loop: false };
    const alias = answers.find((answer) => same(answer.name, owner) && answer.type === 'CNAME');
    if (!alias || alias.type !== 'CNAME') return { aliases, records: [], loop: false };
    owner = alias.data;
    aliases.push(owner);
    if (seen.has(owner.toLowerCase()) || aliases.length > MAX_ALIASES) return { aliases, records: [], loop: true };
    seen.add(owner.toLowerCase());
  }
}

function toRecord(answer: packet.Answer): DnsRecord | null {
  const ttl =
    'ttl' in answer && typeof answer.ttl === 'number' ? Math.min(Math.max(0, answer.ttl), MAX_TTL_SECONDS) : 0;
  const record = (data: string, more: Partial<DnsRecord> = {}): DnsRecord => ({
    name: answer.name,
    type: answer.type as DnsType,
    ttl,
    data,
    ...more,
  });
  switch (answer.type) {
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return record(cleanText(answer.data));
    case 'MX':
      return record(cleanText(answer.data.exchange), { preference: answer.data.preference ?? 0 });
    case 'TXT': {
      const strings = [answer.data].flat().map((part) => Buffer.from(part as Buffer).toString('utf8'));
      return record(strings.join(''), { strings });
    }
    case 'SOA':
      return record(cleanText(answer.data.mname));
    default:
      return null;
  }
}
