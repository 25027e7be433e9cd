/** What stands around a reply where people find it: bounces in four languages, logs, quotes, HTML, wrapped lines. */

/** Breaks lines at blanks, as mail programs and small displays do. */
export const wrapped = (text: string, width: number, indent = ''): string => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`\n${indent}`);
};

const BEGIN = /^(?<code>\d{3})?[ ;-]*(?<enhanced>\d\.\d{1,3}\.\d{1,3})?[ ;:]*(?<said>[^]*)$/;

/** The same words as a reply of several lines, each with its codes (RFC 5321 §4.2.1). */
const severalLines = (reply: string): string => {
  const { code, enhanced, said } = BEGIN.exec(reply)?.groups ?? {};
  if (code === undefined || said === undefined || reply.includes('\n')) return reply;
  const lines = wrapped(said, 40).split('\n');
  return lines
    .map(
      (line, at) => `${code}${at < lines.length - 1 ? '-' : ' '}${enhanced === undefined ? '' : `${enhanced} `}${line}`,
    )
    .join('\r\n');
};

/** Headers of the returned message: they speak of much that is not the matter. */
const HEADERS = `Original message headers:
${'ARC-Seal: i=1; a=rsa-sha256; s=arcselector10001; d=microsoft.com; cv=none; b=Zm9v\n'.repeat(6)}Authentication-Results: spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=contoso.com; dkim=none (message not signed) header.d=none;dmarc=bestguesspass action=none header.from=contoso.com;compauth=pass reason=109
Received-SPF: Pass (protection.outlook.com: domain of contoso.com designates 203.0.113.7 as permitted sender)
Received: from SCANNER (203.0.113.7) by AM0PEPF0001.mail.protection.outlook.com (10.167.16.1) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.9000.1; Tue, 3 Nov 2026 08:14:55 +0000
Content-Type: multipart/mixed; boundary="=_535_421_550"
Content-Transfer-Encoding: 8bit
X-MS-Exchange-Organization-SCL: 1
X-Mailer: Scanner 5.50`;

const bounce = (heading: string, advice: string, details: string, server: string) => (reply: string) =>
  `${heading}

anna@fabrikam.com
${`${advice} `.repeat(6)}

${details}

${server} AM0PR0001.eurprd01.prod.outlook.com

anna@fabrikam.com
Remote Server returned '${reply}'

${HEADERS}
`;

export type Surrounding = (reply: string) => string;

export const SURROUNDINGS: Readonly<Record<string, Surrounding>> = {
  'upper case': (reply) => reply.toUpperCase(),
  'lower case': (reply) => reply.toLowerCase(),
  'lines of 20 characters': (reply) => wrapped(reply, 20),
  'lines of 60 characters, indented': (reply) => wrapped(reply, 60, '    '),
  'a reply of several lines': severalLines,
  'quoted twice': (reply) => `Hello,\n\n> > ${wrapped(reply, 40, '> > ')}\n\nWhat can we do?`,
  'an English bounce': bounce(
    'Delivery has failed to these recipients or groups:',
    "Your message wasn't delivered. Try to send it again or ask your email admin.",
    'Diagnostic information for administrators:',
    'Generating server:',
  ),
  'a German bounce': bounce(
    'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:',
    'Ihre Nachricht wurde nicht zugestellt. Wenden Sie sich an den E-Mail-Administrator.',
    'Diagnoseinformationen für Administratoren:',
    'Generierender Server:',
  ),
  'a French bounce': bounce(
    'Échec de la remise à ces destinataires ou groupes :',
    'Votre message n’a pas été remis. Contactez votre administrateur de messagerie.',
    'Informations de diagnostic pour les administrateurs :',
    'Serveur de génération :',
  ),
  'a Spanish bounce': bounce(
    'No se pudo entregar a estos destinatarios o grupos:',
    'El mensaje no se entregó. Póngase en contacto con el administrador de correo.',
    'Información de diagnóstico para los administradores:',
    'Servidor de generación:',
  ),
  'a Dutch bounce': bounce(
    'Bezorging is mislukt voor deze geadresseerden of groepen:',
    'Uw bericht is niet bezorgd. Neem contact op met de e-mailbeheerder.',
    'Diagnostische gegevens voor beheerders:',
    'Bronserver:',
  ),
  'a delivery report': (reply) =>
    `Reporting-MTA: dns; relay.contoso.com\nArrival-Date: Tue, 3 Nov 2026 08:14:55 +0000\n\nFinal-Recipient: rfc822; anna@fabrikam.com\nAction: failed\nRemote-MTA: dns; mx.fabrikam.com\nDiagnostic-Code: smtp;${wrapped(reply, 70, ' ')}\n`,
  'a postfix log': (reply) =>
    `Nov  3 08:14:55 gw postfix/smtp[21877]: 4F1C22A03B: to=<anna@fabrikam.com>, relay=mx.fabrikam.com[198.51.100.25]:25, delay=1.9, delays=0.1/0/1.2/0.6, status=bounced (host mx.fabrikam.com[198.51.100.25] said: ${reply.replaceAll(/\s+/g, ' ')} (in reply to RCPT TO command))`,
  'an exim log': (reply) =>
    `2026-11-03 08:20:11 1rABcD-0002Xy-9Q ** anna@fabrikam.com R=dnslookup T=remote_smtp H=mx.fabrikam.com [198.51.100.25]: SMTP error from remote mail server after RCPT TO:<anna@fabrikam.com>: ${reply}`,
  'what is left of a web page': (reply) =>
    `<html><body><p style="color:#550000;font-size:12pt">Send result: <b>NG</b></p><td class="msg">${reply
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll("'", '&#39;')
      .replaceAll('"', '&quot;')
      .replaceAll(/ (?=\w+ \w+$)/g, '&nbsp;')
      .replaceAll(/ (?=[a-z])/g, ' <wbr>')
      .replaceAll('\n', '<br>\n')}</td></body></html>`,
  'quoted-printable': (reply) => reply.replaceAll('=', '=3D').replaceAll(/.{40}/g, (part) => `${part}=\r\n`),
  'a program’s text in JSON': (reply) => JSON.stringify({ level: 'error', time: 1793693695421, response: reply }),
  'a conversation': (reply) =>
    `220 AM0PEPF0001.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Tue, 3 Nov 2026 08:14:55 +0000\nEHLO scanner.contoso.com\n250-AM0PEPF0001.mail.protection.outlook.com Hello [203.0.113.7]\n250-SIZE 157286400\n250-PIPELINING\n250-DSN\n250-ENHANCEDSTATUSCODES\n250-STARTTLS\n250-8BITMIME\n250-BINARYMIME\n250-CHUNKING\n250 SMTPUTF8\nMAIL FROM:<scanner@contoso.com>\n250 2.1.0 Sender OK\nRCPT TO:<anna@fabrikam.com>\n${reply}\nQUIT\n221 2.0.0 Service closing transmission channel\n`,
};
