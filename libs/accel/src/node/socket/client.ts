/** A service in another process, or a card's driver, as an engine. */
import { connect, type Socket } from 'node:net';
import {
  OPERATIONS,
  RequestDeclined,
  type Accelerator,
  type Engine,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
  type RunOptions,
} from '../../contract/index.js';
import { decodeAnswer, encodeRequest, operationNumber, verifyWellFormed, WireError } from '../../wire/index.js';
import { split } from '../pool/splitting.js';
import { addressText, connectOptions, type SocketAddress } from './address.js';
import {
  ANSWER_BYTES_MAX,
  decodeHello,
  encodeFrame,
  FailureCode,
  frameBytes,
  FrameKind,
  FrameReader,
  type Frame,
  type Hello,
} from './frames.js';

export interface SocketEngineOptions {
  readonly address: SocketAddress;
  /**
   * What may be asked of it. Default: all but `seal` and `open`, whose requests carry keys, which would leave this process.
   */
  readonly operations?: readonly Operation[];
  /** Largest answer that is taken. Default 64 MiB. */
  readonly answerBytesMax?: number;
  /** Time for connecting and its first frame. Default 2,000. */
  readonly connectMs?: number;
}

const CONNECT_MS = 2_000;

/** Without the operations whose requests carry keys. */
export const OPERATIONS_WITHOUT_KEYS: readonly Operation[] = OPERATIONS.filter(
  (operation) => operation !== 'seal' && operation !== 'open',
);

/** Asked again after it was lost: the process behind the socket may be started again. */
export function socketEngine(options: SocketEngineOptions): Engine {
  const operations = options.operations ?? OPERATIONS_WITHOUT_KEYS;
  return {
    name: 'socket',
    operations,
    onCallingThread: false,
    mayComeBack: true,
    start: () => Connection.open(options, operations),
  };
}

interface Asked {
  readonly resolve: (body: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

class Connection implements Accelerator {
  readonly name: string;
  readonly operations: readonly Operation[];
  private readonly asked = new Map<number, Asked>();
  /** Calls that wait until less is in flight. */
  private readonly turns: (() => void)[] = [];
  private inFlight = 0;
  private nextId = 1;
  private closing: Promise<void> | undefined;
  private failure: Error | undefined;
  private readonly underWay = new Set<Promise<unknown>>();

  private constructor(
    private readonly socket: Socket,
    private readonly hello: Hello,
    operations: readonly Operation[],
  ) {
    this.name = `socket (${hello.name})`;
    this.operations = hello.operations.filter((operation) => operations.includes(operation));
  }

  static open(options: SocketEngineOptions, operations: readonly Operation[]): Promise<Connection> {
    const { address, answerBytesMax = ANSWER_BYTES_MAX, connectMs = CONNECT_MS } = options;
    const where = addressText(address);
    return new Promise((resolve, reject) => {
      const socket = connect(connectOptions(address));
      socket.setNoDelay(true);
      socket.unref(); // a service that is asked nothing keeps no process alive
      let connection: Connection | undefined;
      const fail = (error: Error): void => {
        clearTimeout(timer);
        socket.destroy();
        reject(error); // harmless once it has resolved
        connection?.fail(error);
      };
      const timer = setTimeout(() => fail(new Error(`${where} said nothing for ${connectMs} ms`)), connectMs);
      const reader = new FrameReader(answerBytesMax);
      socket.on('error', (error) => fail(new Error(`${where}: ${error.message}`)));
      socket.on('close', () => fail(new Error(`${where} hung up`)));
      socket.on('data', (bytes) => {
        try {
          for (const frame of reader.push(bytes)) {
            if (connection === undefined) {
              connection = new Connection(socket, decodeHello(frame), operations);
              clearTimeout(timer);
              resolve(connection);
            } else {
              connection.take(frame);
            }
          }
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  run<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    options: RunOptions = {},
  ): Promise<OperationAnswers[O]> {
    if (this.closing !== undefined) return Promise.reject(new Error('The connection is closed.'));
    const call: Promise<OperationAnswers[O]> =
      operation === 'verify'
        ? (verifyWellFormed(request as OperationRequests['verify'], (checks) =>
            this.runParts('verify', checks, options),
          ) as Promise<OperationAnswers[O]>)
        : this.runParts(operation, request, options);
    const settled = call.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.add(settled);
    void settled.then(() => this.underWay.delete(settled));
    return call;
  }

  close(): Promise<void> {
    this.closing ??= Promise.all(this.underWay).then(() => {
      this.fail(new Error('The connection is closed.'));
      this.socket.destroy();
    });
    return this.closing;
  }

  /** Parts as for threads: they fit a frame, and a service of many cores shares them out. */
  private async runParts<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    { signal }: RunOptions,
  ): Promise<OperationAnswers[O]> {
    signal?.throwIfAborted();
    const { parts, join } = split(operation, request, 2);
    const bodies = parts.map((part) => encodeRequest(operation, part));
    if (bodies.some(({ length }) => frameBytes(length + 1) > this.hello.frameBytesMax))
      throw new RequestDeclined(`${operation}: a part is larger than a frame of the service`);
    const answers = await Promise.all(bodies.map((body) => this.ask(operation, body, signal)));
    return join(answers.map((bytes) => decodeAnswer(operation, bytes)));
  }

  private async ask(operation: Operation, body: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    while (this.inFlight >= this.hello.inFlightMax && this.failure === undefined)
      await new Promise<void>((turn) => this.turns.push(turn));
    signal?.throwIfAborted();
    if (this.failure !== undefined) throw this.failure;
    this.inFlight += 1;
    this.socket.ref();
    const id = this.nextId;
    this.nextId = id === 0xffff_ffff ? 1 : id + 1;
    let cancel: (() => void) | undefined;
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        this.asked.set(id, { resolve, reject });
        cancel = () => {
          this.socket.write(encodeFrame(FrameKind.CANCEL, id));
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', cancel);
        this.socket.write(encodeFrame(FrameKind.REQUEST, id, Uint8Array.of(operationNumber(operation)), body));
      });
    } finally {
      if (cancel !== undefined) signal?.removeEventListener('abort', cancel);
      this.asked.delete(id);
      this.inFlight -= 1;
      if (this.inFlight === 0) this.socket.unref();
      this.turns.shift()?.();
    }
  }

  private take({ kind, id, body }: Frame): void {
    const asked = this.asked.get(id); // an answer to what was cancelled finds nobody
    switch (kind) {
      case FrameKind.ANSWER:
        asked?.resolve(body);
        return;
      case FrameKind.FAILED: {
        const code = body[0];
        const detail = Buffer.from(body.subarray(1)).toString('utf8');
        asked?.reject(
          code === FailureCode.BUSY || code === FailureCode.TOO_LARGE
            ? new RequestDeclined(detail)
            : new Error(`the service said ${code}: ${detail}`),
        );
        return;
      }
      default:
        throw new WireError(`a frame of kind ${kind} from a service`);
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.asked.values()) reject(error);
    this.asked.clear();
    for (const turn of this.turns.splice(0)) turn();
  }
}
