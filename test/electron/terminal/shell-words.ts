/** The words of an example as a shell would pass them on; what is read from or written to a file is no word. */
export const shellWords = (line: string): readonly string[] =>
  [...line.replace(/ (?:<|>>?) .*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
