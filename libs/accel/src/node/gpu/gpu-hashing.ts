/// <reference types="@webgpu/types" />
import { DIGEST_BYTES, RequestDeclined } from '../../contract/index.js';
import { HASH_KERNEL, LEVEL_KERNEL, WORKGROUP } from './kernels.js';
import type { OpenedDevice } from './device.js';

const BLOCK_BYTES = 64;
/** 0x80 and the length in bits. */
const PADDING_BYTES_MIN = 9;

/** Messages as SHA-256 takes them: whole blocks, padded (FIPS 180-4, 5.1.1), with a mark before each where one is asked for. */
function blocksOf(
  messages: readonly Uint8Array[],
  mark: number | undefined,
): { blocks: Uint8Array; starts: Uint32Array } {
  const extra = mark === undefined ? 0 : 1;
  const starts = new Uint32Array(messages.length + 1);
  messages.forEach(({ length }, index) => {
    starts[index + 1] = (starts[index] as number) + Math.ceil((length + extra + PADDING_BYTES_MIN) / BLOCK_BYTES);
  });
  const blocks = new Uint8Array((starts[messages.length] as number) * BLOCK_BYTES);
  const view = new DataView(blocks.buffer);
  messages.forEach((message, index) => {
    const from = (starts[index] as number) * BLOCK_BYTES;
    if (mark !== undefined) blocks[from] = mark;
    blocks.set(message, from + extra);
    const length = message.length + extra;
    blocks[from + length] = 0x80;
    const end = (starts[index + 1] as number) * BLOCK_BYTES;
    view.setUint32(end - 8, Math.floor(length / 0x2000_0000));
    view.setUint32(end - 4, (length << 3) >>> 0);
  });
  return { blocks, starts };
}

/** SHA-256 of many messages and whole trees of RFC 6962 on a GPU. One job at a time: its memory is the largest job's. */
export class GpuHashing {
  private readonly hashPipeline: GPUComputePipeline;
  private readonly levelPipeline: GPUComputePipeline;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly opened: OpenedDevice) {
    const pipeline = (code: string): GPUComputePipeline =>
      opened.device.createComputePipeline({
        layout: 'auto',
        compute: { module: opened.device.createShaderModule({ code }), entryPoint: 'main' },
      });
    this.hashPipeline = pipeline(HASH_KERNEL);
    this.levelPipeline = pipeline(LEVEL_KERNEL);
  }

  /** Digests of the messages, side by side. */
  hash(messages: readonly Uint8Array[]): Promise<Uint8Array> {
    return this.inTurn(() =>
      this.job(messages.length * DIGEST_BYTES, (digests, scope) => {
        this.hashInto(scope, messages, undefined, digests);
        return { from: 0, bytes: messages.length * DIGEST_BYTES };
      }),
    );
  }

  /** All levels of a tree of at least one leaf, hashes of the leaves first, each level side by side; or its head alone. */
  async tree(leaves: readonly Uint8Array[], headOnly: boolean): Promise<Uint8Array[]> {
    const counts = [leaves.length];
    for (let count = leaves.length; count > 1;) counts.push((count = Math.ceil(count / 2)));
    const nodes = counts.reduce((sum, count) => sum + count, 0);
    const read = await this.inTurn(() =>
      this.job(nodes * DIGEST_BYTES, (memory, scope) => {
        this.hashInto(scope, leaves, 0, memory);
        let from = 0;
        counts.slice(0, -1).forEach((count) => {
          this.levelAbove(scope, memory, from, count);
          from += count;
        });
        return headOnly
          ? { from: (nodes - 1) * DIGEST_BYTES, bytes: DIGEST_BYTES }
          : { from: 0, bytes: nodes * DIGEST_BYTES };
      }),
    );
    if (headOnly) return [read];
    let at = 0;
    return counts.map((count) => read.subarray(at * DIGEST_BYTES, (at += count) * DIGEST_BYTES));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.tail.then(work);
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /** Makes the memory of the answer, records what is to be done, does it, and reads a part of the answer back. */
  private async job(
    bytes: number,
    record: (answer: GPUBuffer, scope: JobScope) => { from: number; bytes: number },
  ): Promise<Uint8Array> {
    const { device, usage, mapMode } = this.opened;
    this.throwIfFailed();
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const scope = new JobScope(this.opened);
    let submitted = false;
    try {
      const answer = scope.buffer(bytes, usage.STORAGE | usage.COPY_SRC);
      const wanted = record(answer, scope);
      const readable = scope.buffer(wanted.bytes, usage.COPY_DST | usage.MAP_READ);
      scope.encoder.copyBufferToBuffer(answer, wanted.from, readable, 0, wanted.bytes);
      device.queue.submit([scope.encoder.finish()]);
      submitted = true;
      const [memory, rules] = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
      if (memory !== null) throw new RequestDeclined(`the GPU has too little memory: ${memory.message}`);
      if (rules !== null) throw new Error(`the GPU refused its work: ${rules.message}`);
      await readable.mapAsync(mapMode.READ);
      this.throwIfFailed();
      const copy = new Uint8Array(readable.getMappedRange().slice(0));
      readable.unmap();
      return copy;
    } finally {
      if (!submitted) await Promise.all([device.popErrorScope(), device.popErrorScope()]);
      scope.end();
    }
  }

  private throwIfFailed(): void {
    const failure = this.opened.failure();
    if (failure !== undefined) throw failure;
  }

  private hashInto(
    scope: JobScope,
    messages: readonly Uint8Array[],
    mark: number | undefined,
    digests: GPUBuffer,
  ): void {
    const { blocks, starts } = blocksOf(messages, mark);
    const { usage } = this.opened;
    const pass = scope.pass(this.hashPipeline, messages.length, [
      { buffer: scope.filled(blocks, usage.STORAGE) },
      { buffer: scope.filled(new Uint8Array(starts.buffer), usage.STORAGE) },
      { buffer: digests },
    ]);
    pass.end();
  }

  private levelAbove(scope: JobScope, nodes: GPUBuffer, from: number, count: number): void {
    const level = Uint32Array.of(from, from + count, count, 0);
    const pass = scope.pass(this.levelPipeline, Math.ceil(count / 2), [
      { buffer: nodes },
      { buffer: scope.filled(new Uint8Array(level.buffer), this.opened.usage.UNIFORM) },
    ]);
    pass.end();
  }
}

/** Buffers and commands of one job; its memory goes when the job ends. */
class JobScope {
  readonly encoder: GPUCommandEncoder;
  private readonly buffers: GPUBuffer[] = [];

  constructor(private readonly opened: OpenedDevice) {
    this.encoder = opened.device.createCommandEncoder();
  }

  /** @throws RequestDeclined when the device binds no memory of this size. */
  buffer(bytes: number, usage: number): GPUBuffer {
    const { limits } = this.opened.device;
    const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
    if (bytes > most) throw new RequestDeclined(`${bytes} bytes at once are more than the GPU takes (${most})`);
    const buffer = this.opened.device.createBuffer({ size: Math.max(4, bytes), usage });
    this.buffers.push(buffer);
    return buffer;
  }

  filled(bytes: Uint8Array, usage: number): GPUBuffer {
    const buffer = this.buffer(bytes.length, usage | this.opened.usage.COPY_DST);
    if (bytes.length > 0) this.opened.device.queue.writeBuffer(buffer, 0, bytes);
    return buffer;
  }

  /** @throws RequestDeclined when there are more invocations than the device numbers. */
  pass(pipeline: GPUComputePipeline, invocations: number, resources: GPUBufferBinding[]): GPUComputePassEncoder {
    const groups = Math.ceil(invocations / WORKGROUP);
    if (groups > this.opened.device.limits.maxComputeWorkgroupsPerDimension)
      throw new RequestDeclined(`${invocations} messages at once are more than the GPU numbers`);
    const pass = this.encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      this.opened.device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: resources.map((resource, binding) => ({ binding, resource })),
      }),
    );
    pass.dispatchWorkgroups(groups);
    return pass;
  }

  end(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}
