/** One device on the line of the catcher: reads its commands and message in whatever way it speaks, with limits on everything. */
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import type tls from 'node:tls';
import type { Caught } from '../../core/mail/caught.ts';
import { readClientHello } from '../../core/mail/client-hello.ts';
import { answer, LONGEST_COMMAND, speechOf, type Next } from './catcher-commands.ts';
import { createDataReader, MOST_BYTES, type DataReader } from './catcher-data.ts';
import { HUNG_UP, secure } from './catcher-tls.ts';
import { isTelling, withMessage, withoutMessage, type DeviceCall } from './device-call.ts';

export type TalkLimits = {
  /** How long a device may say nothing. */
  readonly idleMs: number;
  /** How long one call may last, however busy it is. */
  readonly callMs: number;
  /** Time for those who start encrypted to show it, before the greeting. */
  readonly listenMs: number;
};
export const LIMITS: TalkLimits = { idleMs: 20_000, callMs: 300_000, listenMs: 200 };

export type TalkOptions = {
  readonly socket: net.Socket;
  readonly call: DeviceCall;
  readonly secureContext: tls.SecureContext;
  readonly limits: TalkLimits;
  /** We hung up ourselves, which is nobody's fault. */
  readonly stopped: () => boolean;
  readonly onSignIn: () => void;
  readonly onCaught: (caught: Caught) => void;
};

/** Commands that pile up while a message is being read. */
const MOST_WAITING = 64 * 1024;
/** A device that says nothing but nonsense. */
const MOST_COMMANDS = 1000;
const NOTHING = Buffer.alloc(0);

/** @returns when the call has ended and everything of it was told */
export async function talk({
  socket,
  call,
  secureContext,
  limits,
  stopped,
  onSignIn,
  onCaught,
}: TalkOptions): Promise<void> {
  let line: Duplex = socket;
  let waiting: Buffer = NOTHING;
  let phase = 'first' as 'first' | 'command' | 'data' | 'hello' | 'busy' | 'over';
  let reader: DataReader | null = null;
  let declared8Bit = false;
  let swallow = 0;
  let commands = 0;
  let overlong = false;
  let heardSinceTls = true;
  let gone = false;
  let reading: Promise<void> = Promise.resolve();

  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const cut = (): void => {
    call.fellSilent = phase !== 'over';
    socket.destroy();
  };
  const idle = setTimeout(cut, limits.idleMs);
  const whole = setTimeout(cut, limits.callMs);
  const greet = (): void => {
    if (phase !== 'first') return;
    phase = 'command';
    say('220 RelayReady catcher');
    heed();
  };
  const greeting = setTimeout(greet, limits.listenMs);
  /** It has said all it wanted, perhaps before it was greeted; what it said still counts. */
  const leave = (): void => {
    if (gone && phase !== 'busy') line.end();
  };

  const say = (reply: string): void => {
    if (!line.destroyed && line.writable) line.write(`${reply}\r\n`);
  };
  const hangUp = (): void => {
    phase = 'over';
    waiting = NOTHING;
    // A peer that never hangs up itself is cut off by the idle time.
    line.end();
  };

  const hear = (chunk: Buffer): void => {
    idle.refresh();
    call.spoke = true;
    heardSinceTls = true;
    if (phase === 'over') return;
    if (phase === 'data' && reader) return hearData(reader, chunk);
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    if (phase === 'busy') {
      if (waiting.length > MOST_WAITING) socket.destroy();
      return;
    }
    heed();
  };

  /** Looks at what has come and is not dealt with. */
  const heed = (): void => {
    if (phase === 'first') {
      if (waiting[0] === 22 || ((waiting[0] ?? 0) & 0x80) !== 0) hearHello(true);
      return;
    }
    while (phase === 'command' && waiting.length > 0) {
      if (!call.tls && commands === 0 && (waiting[0] === 22 || ((waiting[0] ?? 0) & 0x80) !== 0))
        return hearHello(true);
      const end = waiting.indexOf(10);
      if (end === -1) {
        if (waiting.length > LONGEST_COMMAND) {
          overlong = true;
          waiting = NOTHING;
        }
        return;
      }
      const text = waiting.subarray(0, end).toString('latin1').replace(/\r$/, '');
      if (waiting[end - 1] !== 13) call.oddities.add('bare-commands');
      waiting = waiting.subarray(end + 1);
      command(text);
    }
    if (phase === 'hello') hearHello(false);
  };

  const command = (text: string): void => {
    if (overlong || text.length > LONGEST_COMMAND) {
      overlong = false;
      call.oddities.add('long-command');
      return say('500 Line too long');
    }
    if (swallow > 0) {
      swallow -= 1;
      return say(swallow > 0 ? '334 UGFzc3dvcmQ6' : '235 Accepted and forgotten');
    }
    if (text.trim() === '') return;
    commands += 1;
    const speech = commands === 1 ? speechOf(text) : 'mail';
    if (speech !== 'mail' || commands > MOST_COMMANDS) {
      if (speech !== 'mail') call.speech = speech;
      if (call.speech === 'http')
        line.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThis takes mail only.\r\n');
      return hangUp();
    }
    const signedIn = call.authTried;
    const { reply, next, declared8Bit: declares } = answer(text, call, call.tls !== null);
    if (declares !== undefined) declared8Bit = declares;
    if (call.authTried && !signedIn) onSignIn();
    say(reply);
    act(next);
  };

  const act = (next: Next): void => {
    if (next === 'go-on') return;
    if (next === 'hang-up') return hangUp();
    if (next === 'tls') {
      phase = 'hello';
      return;
    }
    if (next !== 'data') {
      swallow = next.swallow;
      return;
    }
    phase = 'data';
    reader = createDataReader();
    if (waiting.length > 0) {
      call.oddities.add('spoke-early');
      const early = waiting;
      waiting = NOTHING;
      hearData(reader, early);
    }
  };

  const hearData = (data: DataReader, chunk: Buffer): void => {
    const rest = data.read(chunk);
    if (rest === null) {
      if (data.soFar().bytes > MOST_BYTES) {
        say('552 Too long');
        hangUp();
      }
      return;
    }
    phase = 'busy';
    waiting = Buffer.from(rest);
    reader = null;
    call.brought = true;
    reading = withMessage(call, data.soFar(), declared8Bit).then((caught) => {
      onCaught(caught);
      // The message speaks for itself; what comes next in this call is another one.
      call.mailFrom = null;
      call.recipients = [];
      say('250 Caught; nothing is passed on');
      phase = 'command';
      heed();
      leave();
    });
  };

  /** @param atOnce it did not ask for encryption first */
  const hearHello = (atOnce: boolean): void => {
    phase = 'hello';
    if (atOnce) call.speech = 'tls-at-once';
    if (waiting.length === 0) return;
    const hello = readClientHello(waiting);
    if (hello === 'incomplete') return;
    if (hello === 'not-tls') {
      if (atOnce) call.speech = 'other';
      else if (waiting[0] === 21) {
        // An alert instead of a hello: it changed its mind (RFC 8446 §6).
        call.tlsError = 'alert';
      } else call.tlsError = 'no TLS after STARTTLS';
      return hangUp();
    }
    call.hello = hello;
    if (hello.recordVersion === 'SSL 2.0') {
      // No library answers this form any more; it would wait for the rest of a record that has come.
      call.tlsError = 'SSL 2.0';
      return hangUp();
    }
    const heard = waiting;
    waiting = NOTHING;
    phase = 'busy';
    reading = secure(socket, heard, secureContext).then((secured) => {
      idle.refresh();
      if (secured.socket === null) {
        call.tlsError = secured.reason;
        call.mistrusts = secured.mistrusts;
        phase = 'over';
        return;
      }
      call.tls = secured.protocol;
      // The conversation starts anew (RFC 3207 §4.2).
      call.helo = null;
      line = secured.socket;
      line.on('data', hear);
      heardSinceTls = false;
      phase = 'command';
      if (atOnce) say('220 RelayReady catcher');
    });
  };

  socket.on('error', () => undefined);
  socket.on('data', hear);
  socket.on('end', () => {
    gone = true;
    greet();
    leave();
  });
  await ended;
  for (const timer of [idle, whole, greeting]) clearTimeout(timer);
  await reading;
  if (stopped()) {
    call.mistrusts = false;
    if (call.tlsError === HUNG_UP) call.tlsError = null;
  } else {
    if (phase === 'hello') call.tlsError ??= HUNG_UP;
    // Whoever says nothing over the new encryption did not like what it saw.
    if (!heardSinceTls) call.mistrusts = true;
  }
  const open = reader as DataReader | null;
  if (open !== null) return onCaught(await withMessage(call, open.soFar(), declared8Bit));
  if (isTelling(call) && !(call.brought && call.mailFrom === null)) onCaught(withoutMessage(call));
}
