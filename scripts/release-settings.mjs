/** What a release needs beside the sources: signatures above all. Without a channel a build is for trying out, and needs nothing. */

const any = (...names) => ({ names, met: (env) => names.some((name) => env[name]) });
const all = (...names) => ({ names, met: (env) => names.every((name) => env[name]) });

/** Of every system: who makes it, where newer versions are, and the pair of keys they are signed with. */
const EVERYWHERE = [
  all('RELAYREADY_HOMEPAGE'),
  all('RELAYREADY_MAINTAINER'),
  all('RELAYREADY_UPDATE_URL'),
  all('RELAYREADY_UPDATE_KEY'),
  all('RELAYREADY_UPDATE_SIGNING_KEY'),
];
/** As electron-builder names them. */
const SYSTEMS = {
  win: [any('WIN_CSC_LINK', 'CSC_LINK')],
  mac: [any('CSC_LINK', 'CSC_NAME'), all('APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER')],
  linux: [],
};

/** Systems named on the command line, else the one this runs on. */
export function systemsOf(words, platform) {
  const named = [
    ['win', ['--win', '--windows', '-w']],
    ['mac', ['--mac', '--macos', '-m', '-o']],
    ['linux', ['--linux', '-l']],
  ].flatMap(([system, switches]) => (switches.some((word) => words.includes(word)) ? [system] : []));
  const here = { win32: 'win', darwin: 'mac' }[platform] ?? 'linux';
  return named.length > 0 ? named : [here];
}

/** One line for each setting that is missing; empty when the release may be made. */
export function whatIsMissing(env, systems) {
  const wanted = [...EVERYWHERE, ...systems.flatMap((system) => SYSTEMS[system])];
  // The one channel that installed programs read.
  const channel = env.RELAYREADY_RELEASE === 'latest' ? [] : ['RELAYREADY_RELEASE=latest'];
  return [...channel, ...wanted.filter(({ met }) => !met(env)).map(({ names, met }) => wording(names, met))];
}

const wording = (names, met) =>
  // One of several is enough where the first alone would do.
  names.length > 1 && met({ [names[0]]: 'x' }) ? `one of ${names.join(', ')}` : names.join(', ');

/** What electron-builder is told for a release, beside electron-builder.yml. */
export function releaseOptions(env, systems) {
  const { RELAYREADY_UPDATE_URL: url, RELAYREADY_RELEASE: channel } = env;
  const options = {
    forceCodeSigning: systems.some((system) => system !== 'linux'),
    'publish.provider': 'generic',
    'publish.url': url,
    'publish.channel': channel,
    'extraMetadata.homepage': env.RELAYREADY_HOMEPAGE,
    'extraMetadata.relayready.update.url': url,
    'extraMetadata.relayready.update.key': env.RELAYREADY_UPDATE_KEY,
    'linux.maintainer': env.RELAYREADY_MAINTAINER,
    'mac.notarize': true,
  };
  // Building puts nothing on a server.
  return [...Object.entries(options).map(([name, value]) => `-c.${name}=${value}`), '--publish', 'never'];
}
