/** Tells maker and model of a scanner from what it says of itself: web page, web server, SNMP. */

export type DeviceSigns = {
  readonly httpServer: string | null;
  readonly httpTitle: string | null;
  readonly snmpDescription: string | null;
  readonly snmpObjectId: string | null;
};
export type Identified = { readonly brand: string; readonly model: string | null };

/** Private enterprise numbers (IANA) below 1.3.6.1.4.1. */
const ENTERPRISES: Readonly<Record<string, string>> = {
  '11': 'HP',
  '128': 'Xerox',
  '236': 'Samsung',
  '318': 'APC',
  '253': 'Xerox',
  '367': 'Ricoh',
  '641': 'Lexmark',
  '1129': 'Toshiba',
  '1248': 'Epson',
  '1347': 'Kyocera',
  '1602': 'Canon',
  '2385': 'Sharp',
  '2435': 'Brother',
  '6574': 'Synology',
  '18334': 'Konica Minolta',
  '24681': 'QNAP',
  '55062': 'QNAP',
};

/** First match wins; `model` is what stands behind the maker's name. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:HP|Hewlett[- ]Packard)\b[ ;:]*((?:Color |Colour )?(?:LaserJet|OfficeJet|PageWide|ScanJet|DesignJet)[^;,]*)?/i,
    'HP',
  ],
  [/\bCanon\b[ ;:]*((?:imageRUNNER|iR|MF|LBP|imageCLASS|i-SENSYS|MAXIFY|PIXMA)[^;,/]*)?/i, 'Canon'],
  [/\bRicoh\b[ ;:]*((?:Aficio|IM|MP|SP|Pro)\b[^;,/]*)?/i, 'Ricoh'],
  [/\bKonica[ -]Minolta\b[ ;:]*(bizhub[^;,/]*)?/i, 'Konica Minolta'],
  [/\bKyocera\b(?: Document Solutions)?[ ;:]*((?:ECOSYS|TASKalfa|FS-)[^;,/]*)?/i, 'Kyocera'],
  [/\bXerox\b[ ;:®]*((?:WorkCentre|VersaLink|AltaLink|PrimeLink|Phaser|[BC]\d{3})[^;,/]*)?/i, 'Xerox'],
  [/\bBrother\b[ ;:]*((?:MFC|DCP|HL|ADS)-[A-Z0-9-]+)?/i, 'Brother'],
  [/\bEpson\b[ ;:]*((?:WorkForce|EcoTank|WF|ET|AM|DS|ES|XP)[ -][^;,/]*)?/i, 'Epson'],
  [/\bSharp\b[ ;:]*((?:MX|BP|AR)-[A-Z0-9]+)?/i, 'Sharp'],
  [/\bLexmark\b[ ;:]*((?:CX|MX|XC|XM|MC|CS|MS|X)\d{3}[^;, /]*)?/i, 'Lexmark'],
  [/\bToshiba\b(?: TEC)?[ ;:]*(e-STUDIO ?\d+[A-Z]*)?/i, 'Toshiba'],
  [/\bSamsung\b[ ;:]*((?:SL-|SCX-|CLX-|M\d{4}|X\d{4})[^;, /]*)?/i, 'Samsung'],
];

/** Sister makes with the same pages and menus, then product lines, web servers and page titles that name no maker themselves. */
const FINGERPRINTS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Savin|Lanier|Gestetner|nashuatec|NRG)\b/i, 'Ricoh'],
  [/\bAficio\b/i, 'Ricoh'],
  [/\b(?:UTAX|Triumph[- ]Adler)\b/i, 'Kyocera'],
  [/\b(?:ECOSYS|TASKalfa)\b/i, 'Kyocera'],
  [/\b(?:DEVELOP ineo|Olivetti d-Color)\b|\bbizhub\b/i, 'Konica Minolta'],
  [/\bAPC Web\/SNMP Management Card\b/i, 'APC'],
  [/\bSynology\b|\bDiskStation\b/i, 'Synology'],
  [/\bQNAP\b/i, 'QNAP'],
  [/CANON HTTP Server/i, 'Canon'],
  [/EPSON-HTTP|EPSON_Linux/i, 'Epson'],
  [/Web Image Monitor|websys default page/i, 'Ricoh'],
  [/PageScope Web Connection|LPC Http Server/i, 'Konica Minolta'],
  [/\bRemote UI\b|KS_HTTP|\bCatwalk\b/i, 'Canon'],
  [/KM-MFP-http|KM_HTTP-Server/i, 'Kyocera'],
  [/^debut\//i, 'Brother'],
  [/Virata-EmWeb|HP-ChaiSOE/i, 'HP'],
  [/SyncThru Web Service/i, 'Samsung'],
  [/TopAccess/i, 'Toshiba'],
  [/Machine Identification - (?:MX|BP)/i, 'Sharp'],
  [/EpsonNet/i, 'Epson'],
  [/CentreWare|Xerox_MicroServer/i, 'Xerox'],
];

/** Behind the model some write the version of their firmware. */
const modelOf = (text: string | undefined): string | null => text?.trim().replace(/\s+v?\d+(\.\d+)+$/i, '') || null;

/** @returns null when nothing points to one of the known makers */
export function identifyDevice(signs: DeviceSigns): Identified | null {
  const texts = [signs.snmpDescription, signs.httpTitle, signs.httpServer].filter((text) => text !== null);
  const named = texts.map((text) => NAMES.find(([pattern]) => pattern.test(text))).find((name) => name !== undefined);
  if (named) {
    const [pattern, brand] = named;
    // The make may stand several times, and the model behind one of them only.
    const matches = texts.flatMap((text) => [...text.matchAll(new RegExp(pattern, 'gi'))]);
    return { brand, model: modelOf(matches.find(([, model]) => model)?.[1]) };
  }
  for (const text of texts)
    for (const [pattern, brand] of FINGERPRINTS) if (pattern.test(text)) return { brand, model: null };
  const enterprise = /^(?:1\.3\.6\.1|\.1\.3\.6\.1)\.4\.1\.(\d+)/.exec(signs.snmpObjectId ?? '')?.[1];
  const brand = enterprise === undefined ? undefined : ENTERPRISES[enterprise];
  return brand === undefined ? null : { brand, model: null };
}
