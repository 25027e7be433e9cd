/** Cuts what an SMTP client sends into command lines, messages up to a lone dot, and chunks (RFC 5321 §4.5.2, RFC 3030). */

const LINE_BYTES = 4096;
const END_OF_DATA = '\r\n.\r\n';

export type SmtpInputHandlers = {
  /** @returns false when nothing more is to be read here */
  readonly onLine: (line: string) => boolean;
  readonly onLineTooLong: () => void;
  /** A piece of the message. */
  readonly onPart: (part: Buffer) => void;
  readonly onMessageEnd: () => void;
  readonly onChunkEnd: () => void;
};

export type SmtpInput = {
  readonly push: (bytes: Buffer) => void;
  /** What follows is a message, up to a dot on a line of its own. */
  readonly expectMessage: () => void;
  /** So many bytes follow, whatever they are. */
  readonly expectChunk: (bytes: number) => void;
};

export function createSmtpInput(handlers: SmtpInputHandlers): SmtpInput {
  let bytes: Buffer = Buffer.alloc(0);
  let mode: 'commands' | 'message' | 'chunk' = 'commands';
  let left = 0;

  /** Each returns false when it needs more bytes, or when somebody else reads on. */
  const take = {
    commands: (): boolean => {
      const end = bytes.indexOf('\n');
      if (end < 0) {
        if (bytes.length > LINE_BYTES) handlers.onLineTooLong();
        return false;
      }
      const line = bytes.subarray(0, end).toString('utf8').replace(/\r$/, '');
      bytes = bytes.subarray(end + 1);
      return handlers.onLine(line);
    },
    message: (): boolean => {
      const end = bytes.indexOf(END_OF_DATA);
      // The last bytes may be the beginning of the end.
      const part = bytes.subarray(0, end < 0 ? Math.max(0, bytes.length - END_OF_DATA.length + 1) : end);
      bytes = bytes.subarray(end < 0 ? part.length : end + END_OF_DATA.length);
      handlers.onPart(part);
      if (end < 0) return false;
      mode = 'commands';
      handlers.onMessageEnd();
      return true;
    },
    chunk: (): boolean => {
      const part = bytes.subarray(0, left);
      bytes = bytes.subarray(part.length);
      left -= part.length;
      handlers.onPart(part);
      if (left > 0) return false;
      mode = 'commands';
      handlers.onChunkEnd();
      return true;
    },
  };

  return {
    push: (more) => {
      bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more]);
      while (take[mode]());
    },
    expectMessage: () => {
      mode = 'message';
      // The line end before the dot may be that of the command itself: an empty message.
      bytes = Buffer.concat([Buffer.from('\r\n'), bytes]);
    },
    expectChunk: (count) => {
      mode = 'chunk';
      left = count;
    },
  };
}
