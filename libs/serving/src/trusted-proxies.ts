const ADDRESS = /^[0-9a-fA-F:.]+(?:\/(\d{1,3}))?$/;

/**
 * Reads the addresses and networks, with commas, of the proxies whose `X-Forwarded-*` headers are believed; none: nobody is. The shape is
 * checked here, each address by whoever takes the list (`trustProxy` of Fastify).
 *
 * There is no word for everybody, and no number of hops either: with both, whoever reaches the server directly could say that they come
 * from anywhere.
 *
 * @throws Error naming the setting
 */
export function readTrustedProxies(name: string, text: string): readonly string[] {
  const given = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  for (const one of given) {
    const bits = ADDRESS.exec(one);
    if (bits === null || !/[.:]/.test(one))
      throw new Error(`${name} is no list of addresses or networks of proxies (10.1.2.3, 10.1.2.0/24): ${one}`);
    if (bits[1] !== undefined && Number(bits[1]) === 0)
      throw new Error(`${name} would believe everybody about where they come from: ${one}`);
  }
  return given;
}
