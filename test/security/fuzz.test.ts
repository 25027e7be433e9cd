/** Everything that comes in or goes out, fuzzed; each file registers its targets when it is taken in. */
import './fuzz-servers.ts';
import './fuzz-documents.ts';
import './fuzz-hosts.ts';
import './fuzz-outputs.ts';
