import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';

export interface DemoOptions {
  fresh: boolean;
  lan: boolean;
  json: boolean;
  portBase: number;
}

export const demoHelp = `npm run demo [-- options]
  --fresh          begin anew: deletes the demo's own data first
  --lan            page and API also on this machine's network address, for a real phone
  --port-base N    first port (default 4300): API +0, console +1, scan page +2, Postgres +3, nodes +10 and +20
  --json           one line of JSON at the end, for programs
`;

/** Reads the demo's options; a wrong one is an error with the list of right ones. */
export function parseDemoOptions(args: readonly string[]): DemoOptions | { help: string; error?: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        lan: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        'port-base': { type: 'string', default: '4300' },
      },
    }));
  } catch (error) {
    return { help: demoHelp, error: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { help: demoHelp };
  const portBase = Number(values['port-base']);
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > 65_000)
    return { help: demoHelp, error: `--port-base ${values['port-base']} is no port: give a number from 1024 to 65000` };
  return { fresh: values.fresh, lan: values.lan, json: values.json, portBase };
}

/** This machine's address on the local network, for a phone in the same one. */
export function lanAddress(): string | undefined {
  for (const addresses of Object.values(networkInterfaces()))
    for (const address of addresses ?? []) if (address.family === 'IPv4' && !address.internal) return address.address;
  return undefined;
}
