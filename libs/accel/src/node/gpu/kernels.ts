/**
 * SHA-256 (FIPS 180-4, 6.2) in WGSL, and the nodes of RFC 6962 trees on top of it. One invocation a message, or a node.
 * Words in memory are bytes in their order; the algorithm's words are big endian, so they are turned on the way in and out.
 */

/** Invocations of a workgroup. */
export const WORKGROUP = 64;

const ROUND_CONSTANTS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
];

const COMPRESSION = `
const K = array<u32, 64>(${ROUND_CONSTANTS.map((word) => `${word}u`).join(', ')});

fn turned(x: u32) -> u32 {
  return (x << 24u) | ((x & 0xff00u) << 8u) | ((x >> 8u) & 0xff00u) | (x >> 24u);
}
fn rotated(x: u32, n: u32) -> u32 {
  return (x >> n) | (x << (32u - n));
}
fn initial() -> array<u32, 8> {
  return array<u32, 8>(0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u);
}
fn compressed(state: array<u32, 8>, block: array<u32, 16>) -> array<u32, 8> {
  var w = block;
  var s = state;
  for (var t = 0u; t < 64u; t = t + 1u) {
    if (t >= 16u) {
      let w15 = w[(t + 1u) & 15u];
      let w2 = w[(t + 14u) & 15u];
      let s0 = rotated(w15, 7u) ^ rotated(w15, 18u) ^ (w15 >> 3u);
      let s1 = rotated(w2, 17u) ^ rotated(w2, 19u) ^ (w2 >> 10u);
      w[t & 15u] = w[t & 15u] + s0 + w[(t + 9u) & 15u] + s1;
    }
    let e = s[4];
    let a = s[0];
    let t1 = s[7] + (rotated(e, 6u) ^ rotated(e, 11u) ^ rotated(e, 25u)) + ((e & s[5]) ^ (~e & s[6])) + K[t] + w[t & 15u];
    let t2 = (rotated(a, 2u) ^ rotated(a, 13u) ^ rotated(a, 22u)) + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
    s = array<u32, 8>(t1 + t2, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]);
  }
  return array<u32, 8>(state[0] + s[0], state[1] + s[1], state[2] + s[2], state[3] + s[3],
                       state[4] + s[4], state[5] + s[5], state[6] + s[6], state[7] + s[7]);
}
`;

/** Messages in whole padded blocks of 16 words; message i has the blocks from starts[i] to before starts[i + 1]. */
export const HASH_KERNEL = `${COMPRESSION}
@group(0) @binding(0) var<storage, read> blocks: array<u32>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read_write> digests: array<u32>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) at: vec3<u32>) {
  let i = at.x;
  if (i + 1u >= arrayLength(&starts)) { return; }
  var state = initial();
  for (var b = starts[i]; b < starts[i + 1u]; b = b + 1u) {
    var block: array<u32, 16>;
    for (var k = 0u; k < 16u; k = k + 1u) { block[k] = turned(blocks[b * 16u + k]); }
    state = compressed(state, block);
  }
  for (var k = 0u; k < 8u; k = k + 1u) { digests[i * 8u + k] = turned(state[k]); }
}
`;

/**
 * One level of a tree from the one below, both in `nodes`, 8 words a node: SHA-256(0x01 || left || right), which are two
 * blocks; a last odd node rises as it is.
 */
export const LEVEL_KERNEL = `${COMPRESSION}
struct Level { from_node: u32, to_node: u32, count: u32, unused: u32 }
@group(0) @binding(0) var<storage, read_write> nodes: array<u32>;
@group(0) @binding(1) var<uniform> level: Level;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) at: vec3<u32>) {
  let i = at.x;
  if (2u * i >= level.count) { return; }
  let source = (level.from_node + 2u * i) * 8u;
  let goal = (level.to_node + i) * 8u;
  if (2u * i + 1u == level.count) {
    for (var k = 0u; k < 8u; k = k + 1u) { nodes[goal + k] = nodes[source + k]; }
    return;
  }
  // 65 bytes: everything stands one byte later than in memory.
  var block: array<u32, 16>;
  var carried = 1u;
  for (var k = 0u; k < 16u; k = k + 1u) {
    let word = turned(nodes[source + k]);
    block[k] = (carried << 24u) | (word >> 8u);
    carried = word & 0xffu;
  }
  var state = compressed(initial(), block);
  var last: array<u32, 16>;
  last[0] = (carried << 24u) | 0x00800000u;
  last[15] = 520u;
  state = compressed(state, last);
  for (var k = 0u; k < 8u; k = k + 1u) { nodes[goal + k] = turned(state[k]); }
}
`;
