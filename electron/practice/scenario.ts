/** A scenario: how one imagined office, its DNS and its Microsoft 365 differ from the one where all is well. */
import type { ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { ScenarioPlace } from '../../core/calls/program.ts';
import type { Station } from '../../core/result.ts';
import type { Text } from '../../core/text.ts';

export const DOMAIN = 'contoso.com';
export const RELAY_HOST = 'contoso-com.mail.protection.outlook.com';
export const SUBMISSION_HOST = 'smtp.office365.com';
export const SPF_INCLUDE = 'spf.protection.outlook.com';
/** TEST-NET-3 (RFC 5737) stands for the office's line. */
export const OFFICE_ADDRESS = '203.0.113.7';

export type Scenario = {
  readonly title: Text;
  /** What is the matter here, two sentences at most. */
  readonly story: Text;
  /** Where on the way it goes wrong, as people look for it. */
  readonly place: ScenarioPlace;
  /** The station of the picture it shows at; null when nothing goes wrong. */
  readonly station: Station | null;
  /** What one knows afterwards, one sentence. */
  readonly learn: Text;
  /** How a real case looks. */
  readonly real: Text;
  /** Whom one would call in a real case, and what one would say. */
  readonly call: Text;
  readonly office: {
    /** Addresses the relay host sees, one connection after the other. */
    readonly seen: readonly string[];
    /** Address web services see. */
    readonly web: string;
    readonly port25: 'open' | 'closed';
    /** Something in the office network takes STARTTLS out. */
    readonly startTls: 'offered' | 'stripped';
    /** First line of the greeting when somebody else answers in Microsoft's place. */
    readonly banner: string | null;
    readonly reverseName: string | null;
    /** Codes by block list zone. */
    readonly listed: Readonly<Record<string, string>>;
  };
  readonly dns: {
    readonly mx: readonly string[];
    /** TXT records of the domain. */
    readonly txt: readonly string[];
    readonly dkim: boolean;
    readonly dmarc: string | null;
  };
  readonly tenant: {
    /** Microsoft knows the domain. */
    readonly known: boolean;
    readonly connectors: readonly ExchangeObject[];
    /** New organisations: connectors are made switched off, or switching them on is refused. */
    readonly connectorsAllowed: 'yes' | 'made-switched-off' | 'refused';
    /** What the account that signs in may do in Exchange. */
    readonly role: 'none' | 'reader' | 'administrator';
    /** Language Exchange words its refusals in. */
    readonly language: 'en' | 'de' | 'ja';
    /** Microsoft has a bad day; the number says which. Null: all goes as it should. */
    readonly badDay: number | null;
    readonly rejectDirectSend: boolean;
    /** That many calls are answered with “busy” first. */
    readonly busyCalls: number;
  };
};

type Differences = Omit<Scenario, 'office' | 'dns' | 'tenant'> & {
  readonly office?: Partial<Scenario['office']>;
  readonly dns?: Partial<Scenario['dns']>;
  readonly tenant?: Partial<Scenario['tenant']>;
};

/** Declares a scenario by what is different; its id is the name of its file. */
export const defineScenario = ({ office, dns, tenant, ...told }: Differences): Scenario => ({
  ...told,
  office: {
    seen: [OFFICE_ADDRESS],
    web: OFFICE_ADDRESS,
    port25: 'open',
    startTls: 'offered',
    banner: null,
    reverseName: 'static-7.business.provider.example',
    listed: {},
    ...office,
  },
  dns: {
    mx: [`0 ${RELAY_HOST}`],
    txt: [`v=spf1 ip4:${OFFICE_ADDRESS} include:${SPF_INCLUDE} -all`],
    dkim: true,
    dmarc: 'v=DMARC1; p=quarantine',
    ...dns,
  },
  tenant: {
    known: true,
    connectors: [],
    connectorsAllowed: 'yes',
    role: 'administrator',
    language: 'en',
    badDay: null,
    rejectDirectSend: false,
    busyCalls: 0,
    ...tenant,
  },
});
