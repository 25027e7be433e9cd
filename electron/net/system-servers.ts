/** The system's own DNS resolvers as `host:port`. */
import { getServers } from 'node:dns';

export const systemServers = (): readonly string[] =>
  getServers().map((server) => {
    if (/^\[.*\]:\d+$/.test(server) || /^[\d.]+:\d+$/.test(server)) return server;
    return server.includes(':') ? `[${server}]:53` : `${server}:53`;
  });
