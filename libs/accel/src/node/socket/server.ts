/** The service behind a socket: any engine, for several nodes of one machine. */
import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { OPERATIONS, requestProblem, type Accelerator, type Operation } from '../../contract/index.js';
import { decodeRequest, encodeAnswer, operationOf, WireError } from '../../wire/index.js';
import { addressText, connectOptions, type SocketAddress } from './address.js';
import {
  ANSWER_BYTES_MAX,
  encodeFailure,
  encodeFrame,
  encodeHello,
  FailureCode,
  frameBytes,
  FrameKind,
  FrameReader,
  type Frame,
} from './frames.js';

export interface ServeOptions {
  readonly address: SocketAddress;
  /** What it offers. Default: what the engine offers, else everything. */
  readonly operations?: readonly Operation[];
  /** Largest frame taken. Default 32 MiB. */
  readonly frameBytesMax?: number;
  /** Requests of one connection in hand at once; what comes beyond is refused as BUSY. Default 32. */
  readonly inFlightMax?: number;
  /** Bytes of requests of all connections in hand; beyond, nothing more is read. Default 256 MiB. */
  readonly inFlightBytesMax?: number;
  /** Connections at once; further ones are hung up on. Default 64. */
  readonly connectionsMax?: number;
  /** Others of the socket's group may ask, not its owner alone. */
  readonly forGroup?: boolean;
  /** Told of every connection that broke the protocol, and of engines that could not answer. */
  readonly onTrouble?: (detail: string) => void;
}

export interface RunningService {
  /** Where it listens; for port 0, the port that the system chose. */
  readonly address: SocketAddress;
  /** Hangs up on everybody and removes the socket. The accelerator stays open: its owner closes it. */
  close(): Promise<void>;
}

const MIB = 1024 * 1024;

/** Listens. Rejects when another service listens there, or the address cannot be had. */
export async function serveAccelerator(accelerator: Accelerator, options: ServeOptions): Promise<RunningService> {
  const { address } = options;
  if ('path' in address) await removeStale(address.path);
  const service = new Service(accelerator, options);
  const port = await service.listen();
  if ('path' in address) await chmod(address.path, options.forGroup === true ? 0o660 : 0o600);
  return {
    address: 'path' in address ? address : { ...address, port },
    close: () => service.close(),
  };
}

/** A socket file that nobody listens on is left over from a process that died. */
async function removeStale(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there?.isSocket() !== true) return; // nothing, or something of somebody's: listening will say so
  const state = await new Promise<'listening' | 'stale' | 'absent'>((resolve) => {
    const socket = connect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve('listening');
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'stale' : 'absent'));
  });
  if (state === 'listening') throw new Error(`another service listens on ${path}`);
  if (state === 'stale') await unlink(path);
}

class Service {
  private readonly server: Server;
  private readonly connections = new Set<ServedConnection>();
  private bytesInHand = 0;
  readonly hello: Buffer;
  readonly operations: readonly Operation[];
  readonly frameBytesMax: number;
  readonly inFlightMax: number;

  constructor(
    readonly accelerator: Accelerator,
    private readonly options: ServeOptions,
  ) {
    this.operations = options.operations ?? accelerator.operations ?? OPERATIONS;
    this.frameBytesMax = options.frameBytesMax ?? 32 * MIB;
    this.inFlightMax = options.inFlightMax ?? 32;
    this.hello = encodeHello({
      name: accelerator.name,
      operations: this.operations,
      frameBytesMax: this.frameBytesMax,
      inFlightMax: this.inFlightMax,
    });
    this.server = createServer((socket) => {
      const connection = new ServedConnection(this, socket);
      this.connections.add(connection);
      socket.on('close', () => {
        this.connections.delete(connection);
        connection.lost();
      });
    });
    this.server.maxConnections = options.connectionsMax ?? 64;
  }

  listen(): Promise<number> {
    const where = connectOptions(this.options.address);
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(where, () => {
        this.server.off('error', reject);
        this.server.on('error', (error) => this.trouble(error.message));
        const bound = this.server.address();
        resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
      });
    });
  }

  async close(): Promise<void> {
    for (const { socket } of this.connections) socket.destroy();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  trouble(detail: string): void {
    this.options.onTrouble?.(`${addressText(this.options.address)}: ${detail}`);
  }

  /** Counts bytes in hand, and stops and resumes all reading by them. */
  hold(bytes: number): void {
    this.bytesInHand += bytes;
    for (const connection of this.connections) connection.pace();
  }

  get isFull(): boolean {
    return this.bytesInHand > (this.options.inFlightBytesMax ?? 256 * MIB);
  }
}

class ServedConnection {
  private readonly reader: FrameReader;
  private readonly inHand = new Map<number, AbortController>();

  constructor(
    private readonly service: Service,
    readonly socket: Socket,
  ) {
    this.reader = new FrameReader(service.frameBytesMax);
    socket.setNoDelay(true);
    socket.on('error', () => undefined); // 'close' follows; a client that vanishes is no trouble
    socket.on('drain', () => this.pace());
    socket.on('data', (bytes) => {
      try {
        for (const frame of this.reader.push(bytes)) this.take(frame);
      } catch (error) {
        service.trouble(error instanceof Error ? error.message : String(error));
        socket.destroy();
      }
    });
    socket.write(service.hello);
  }

  lost(): void {
    for (const stop of this.inHand.values()) stop.abort(new Error('the client hung up'));
  }

  /** Reads on only while there is room, here and for all. */
  pace(): void {
    if (this.service.isFull || this.socket.writableNeedDrain) this.socket.pause();
    else this.socket.resume();
  }

  private take({ kind, id, body }: Frame): void {
    switch (kind) {
      case FrameKind.REQUEST:
        if (this.inHand.has(id)) throw new WireError('one id for two requests');
        void this.answer(id, body);
        return;
      case FrameKind.CANCEL:
        this.inHand.get(id)?.abort(new Error('cancelled'));
        return;
      default:
        throw new WireError(`a frame of kind ${kind} from a client`);
    }
  }

  private async answer(id: number, body: Uint8Array): Promise<void> {
    if (this.inHand.size >= this.service.inFlightMax)
      return this.say(encodeFailure(id, FailureCode.BUSY, 'too much at once'));
    const stop = new AbortController();
    this.inHand.set(id, stop);
    this.service.hold(body.length);
    try {
      const reply = await this.reply(id, body, stop.signal);
      if (!stop.signal.aborted) this.say(reply);
    } finally {
      this.inHand.delete(id);
      this.service.hold(-body.length);
    }
  }

  private async reply(id: number, body: Uint8Array, signal: AbortSignal): Promise<Buffer> {
    const { accelerator, operations } = this.service;
    const operation = body.length === 0 ? undefined : operationOf(body[0] as number);
    if (operation === undefined || !operations.includes(operation))
      return encodeFailure(id, FailureCode.UNSUPPORTED, 'an operation that was not offered');
    let request;
    try {
      request = decodeRequest(operation, body.subarray(1));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return encodeFailure(id, FailureCode.MALFORMED, error.message);
    }
    const problem = requestProblem(operation, request);
    if (problem !== undefined) return encodeFailure(id, FailureCode.MALFORMED, problem);
    try {
      const answer = encodeAnswer(operation, await accelerator.run(operation, request, { signal }));
      return frameBytes(answer.length) > ANSWER_BYTES_MAX
        ? encodeFailure(id, FailureCode.TOO_LARGE, `an answer of ${answer.length} bytes`)
        : encodeFrame(FrameKind.ANSWER, id, answer);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) this.service.trouble(`${operation}: ${detail}`);
      return encodeFailure(id, FailureCode.FAILED, detail);
    }
  }

  private say(frame: Buffer): void {
    if (this.socket.destroyed) return;
    this.socket.write(frame);
    this.pace();
  }
}
