import { isIPv6 } from 'node:net';

/**
 * Whose address it is, for counting: an IPv4 address stands for itself; an IPv6 customer holds a whole /64 (RFC 6177) and could ask from
 * another address of it each time.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
  const [left, right] = [groups(head), groups(tail)];
  // A dotted quad at the end stands for two groups.
  const given = left.length + right.length + (address.includes('.') ? 1 : 0);
  const all = tail === undefined ? left : [...left, ...Array.from({ length: 8 - given }, () => '0'), ...right];
  const prefix = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}
