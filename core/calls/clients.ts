/** Calls about clients: the list, looking again, history, repair, traffic, import and export. */
import { z } from 'zod';
import { Client } from '../clients/client.ts';
import { ToldChange } from '../clients/describe-change.ts';
import { Drift } from '../clients/drift.ts';
import { Look, Timeline } from '../clients/history.ts';
import { ImportPreview, ImportSource } from '../clients/import.ts';
import { ClientPage, ClientQuery, ClientSummary } from '../clients/list-clients.ts';
import { Looked } from '../clients/looked-line.ts';
import { Repair } from '../clients/repair.ts';
import { Traffic } from '../clients/traffic.ts';
import { Outcome } from '../plan/plan.ts';
import { Report } from '../report/report.ts';
import { nothing, type Calls } from './call.ts';

const id = z.uuid();

/** Where this computer is, seen from the offices that are looked at; `tell` goes by the facts. */
export const LookPlace = z.enum(['tell', 'office', 'away']);
export type LookPlace = z.infer<typeof LookPlace>;

export const clientCalls = {
  'clients.list': { params: ClientQuery, result: ClientPage },
  'clients.get': {
    params: z.strictObject({ id }),
    result: z.object({
      client: Client,
      summary: ClientSummary,
      /** What is wrong now, the worst first. */
      drift: z.array(Drift),
      /** Newest report of each office, by site id. */
      reports: z.record(z.string(), Report),
    }),
  },
  /** Adds or replaces; the id decides. */
  'clients.save': { params: z.strictObject({ client: Client }), result: ClientSummary },
  /** With their history. */
  'clients.remove': { params: z.strictObject({ ids: z.array(id).max(10_000) }), result: nothing },
  /** A person has seen the changes of these clients; they are not counted as new any more. */
  'clients.seen': { params: z.strictObject({ ids: z.array(id).max(10_000) }), result: nothing },
  /**
   * Read-only checks of some or, with null, all clients, several side by side, compared with the last time. Progress: `topic` is the
   * client's id, `done` when one is through. When cancelled, what was looked at by then is kept.
   */
  'clients.look': {
    params: z.strictObject({ ids: z.array(id).max(10_000).nullable(), place: LookPlace.default('tell') }),
    result: z.object({
      looked: z.number(),
      /** Offices with something new, or that could not be looked at. */
      news: z.array(Looked),
    }),
  },
  'clients.history': {
    params: z.strictObject({
      id,
      /** ISO 8601; null is the beginning. */
      from: z.iso.datetime().nullable().default(null),
    }),
    result: z.object({
      /** Oldest first. */
      looks: z.array(Look.pick({ at: true, site: true, place: true, verdict: true })),
      timelines: z.array(Timeline),
      /** Newest first. */
      changes: z.array(ToldChange),
    }),
  },
  /** What would mend line, connector and record together; changes nothing. Asks the domain's DNS, and the tenant when signed in to it. */
  'clients.repair': {
    params: z.strictObject({
      id,
      domain: z.string().nullable().default(null),
      takeAway: z.array(z.string()).max(100).default([]),
    }),
    result: Repair,
  },
  /** Carries out the connector's part of the repair as it was shown, and enters the addresses; the record is published by hand. */
  'clients.repair-apply': {
    params: z.strictObject({ id, repair: Repair }),
    result: z.object({ outcome: Outcome.nullable(), client: Client }),
  },
  /** Who sent what through the connector, by Microsoft's message trace; needs the client's tenant signed in. */
  'clients.traffic': {
    params: z.strictObject({ id, days: z.number().int().min(1).max(90).default(10) }),
    result: Traffic,
  },
  /** Reads and judges, and keeps nothing. */
  'clients.import-preview': {
    params: z.strictObject({ source: ImportSource, environment: z.string().min(1).max(60).default('public') }),
    result: ImportPreview,
  },
  /** All of it or nothing. */
  'clients.import': {
    params: z.strictObject({
      source: ImportSource,
      environment: z.string().min(1).max(60).default('public'),
      digest: z.string(),
      /** Import the good rows although there are bad ones. */
      leaveOutBad: z.boolean().default(false),
    }),
    result: z.object({ added: z.number(), changed: z.number(), same: z.number(), leftOut: z.number() }),
  },
  'clients.export': {
    params: z.strictObject({ format: z.enum(['csv', 'jsonl']), ids: z.array(id).max(10_000).nullable().default(null) }),
    result: z.object({ fileName: z.string(), text: z.string() }),
  },
} as const satisfies Calls;
