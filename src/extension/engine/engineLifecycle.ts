import type { EngineStatus } from '../../protocol/status.js';
import { EngineFailure, type EngineState } from './engineClient.js';
import { Session } from './engineSession.js';
import { RestartBudget } from './restartBudget.js';

/** A process of the engine and the connection to it. It is used once: a restart makes another one. */
export interface Connection {
  /** Resolves when requests can be sent. Rejects when the process can't start, or ends before that. */
  start(): Promise<void>;
  /** Ends the process, also one that is starting or hangs. Resolves when it is gone; never rejects. */
  stop(): Promise<void>;
}

export interface ConnectionEvents {
  readonly onStatus: (status: EngineStatus) => void;
  /** The process has ended. */
  readonly onClosed: () => void;
}

/** A listener at a connection, until it is disposed. */
export interface Registration {
  dispose(): void;
}

interface LifecycleDeps<C extends Connection> {
  /** Makes a connection without starting its process. */
  readonly connect: (events: ConnectionEvents) => Promise<C>;
  readonly onState: (state: EngineState) => void;
  readonly log: { info(line: string): void; error(line: string): void };
  readonly budget?: RestartBudget;
}

/**
 * Starts the engine, restarts it, and ends it. There is one session at a time: a process with its requests and its
 * listeners. What a replaced session's process still reports changes nothing.
 *
 * | state                 | request               | restart         | the process ends          | shutDown |
 * | --------------------- | --------------------- | --------------- | ------------------------- | -------- |
 * | `stopped`             | → `starting`, waits   | → `starting`    |                           | final    |
 * | `starting`            | waits                 | → `starting`    | → `restarting`, `crashed` | final    |
 * | `restarting`          | waits                 | → `starting`    | → `restarting`, `crashed` | final    |
 * | `running`             | is sent               | → `starting`    | → `restarting`, `crashed` | final    |
 * | `crashed`             | fails `engineStopped` | → `starting`    |                           | final    |
 *
 * A request that waits goes to the next process that runs. One that was sent ends with its process: as `engineRestarted`
 * or `engineStopped`.
 */
export class EngineLifecycle<C extends Connection> {
  private session: Session<C> | undefined;
  private readonly budget: RestartBudget;
  private readonly listeners = new Listeners<C>();
  private current: EngineState = { kind: 'stopped' };
  private isShutDown = false;

  constructor(private readonly deps: LifecycleDeps<C>) {
    this.budget = deps.budget ?? new RestartBudget();
  }

  get state(): EngineState {
    return this.current;
  }

  /** The connection to a process that runs. */
  get connection(): C | undefined {
    return this.current.kind === 'running' ? this.session?.connection : undefined;
  }

  /** Sends a request. Starts the engine if it isn't running. */
  async request<R>(send: (connection: C) => Promise<R>): Promise<R> {
    const session = await this.running();
    return session.untilOver(send);
  }

  /** Registers a listener at every connection, the current one and later ones, until it is disposed. */
  listen(attach: (connection: C) => Registration): Registration {
    return this.listeners.add(attach);
  }

  /** Replaces the process by a new one; also starts one after too many crashes. Resolves when it runs. */
  async restart(): Promise<void> {
    this.budget.reset();
    const before = this.session;
    // A second restart, while the first still waits for the old process, wants the same.
    if (!this.isShutDown && (before === undefined || before.isLaunched)) {
      const gone = before && this.end(before, new EngineFailure({ kind: 'engineRestarted' }));
      this.begin({ kind: 'starting' }, gone);
    }
    await this.running();
  }

  /** Ends the process for good: no later request starts one. Resolves when it is gone. */
  async shutDown(): Promise<void> {
    this.isShutDown = true;
    const { session } = this;
    this.session = undefined;
    if (session === undefined) return;
    this.set({ kind: 'stopped' });
    await this.end(session, new EngineFailure({ kind: 'engineStopped' }));
  }

  private async running(): Promise<Session<C>> {
    for (;;) {
      if (this.isShutDown || this.current.kind === 'crashed')
        throw new EngineFailure({ kind: 'engineStopped' });
      const session = this.session ?? this.begin({ kind: 'starting' });
      await session.settled;
      if (session === this.session) return session;
      // It was replaced meanwhile, by a restart or after a crash.
    }
  }

  /** @param gone resolves when the process before is gone: two would need the memory for two models */
  private begin(state: EngineState, gone?: Promise<void>): Session<C> {
    const session = new Session<C>();
    this.session = session;
    session.opened = this.open(session, gone);
    this.set(state);
    return session;
  }

  private async open(session: Session<C>, gone: Promise<void> | undefined): Promise<void> {
    await gone;
    if (session.isOver) return;
    session.isLaunched = true;
    try {
      const connection = await this.deps.connect({
        onStatus: (status) => this.reported(session, status),
        onClosed: () => this.closed(session),
      });
      session.connection = connection;
      if (session !== this.session) return;
      this.listeners.attach(connection);
      void this.start(session, connection);
    } catch (error) {
      this.failed(session, error);
    }
  }

  private async start(session: Session<C>, connection: C): Promise<void> {
    try {
      await connection.start();
    } catch (error) {
      this.failed(session, error);
      return;
    }
    if (session !== this.session) return;
    session.isRunning = true;
    this.set({ kind: 'running', status: session.status });
    session.settle();
  }

  private reported(session: Session<C>, status: EngineStatus): void {
    session.status = status;
    if (session === this.session && session.isRunning) this.set({ kind: 'running', status });
  }

  private failed(session: Session<C>, error: unknown): void {
    if (session === this.session) this.deps.log.error(`The engine did not start: ${String(error)}`);
    this.closed(session);
  }

  /** The process has ended by itself. */
  private closed(session: Session<C>): void {
    if (session !== this.session) return;
    this.session = undefined;
    const attempt = this.budget.take();
    const { attempts } = this.budget;
    if (attempt === undefined) {
      this.deps.log.error('The engine crashed too often and stays stopped.');
      this.set({ kind: 'crashed' });
    }
    const gone = this.end(session, new EngineFailure({ kind: 'engineStopped' }));
    if (attempt === undefined) return;
    this.deps.log.info(`The engine crashed; restart ${attempt} of ${attempts}.`);
    this.begin({ kind: 'restarting', attempt, attempts }, gone);
  }

  /** Fails the session's requests at once. Resolves when its process is gone. */
  private async end(session: Session<C>, failure: EngineFailure): Promise<void> {
    this.listeners.detach();
    session.end(failure);
    await session.opened;
    await session.connection?.stop();
  }

  private set(state: EngineState): void {
    this.current = state;
    this.deps.onState(state);
  }
}

/** Features register before the first request starts the engine; each connection gets what is registered. */
class Listeners<C> {
  private readonly attached = new Map<(connection: C) => Registration, Registration | undefined>();
  private connection: C | undefined;

  add(attach: (connection: C) => Registration): Registration {
    // The same function may be registered twice.
    const own = (connection: C): Registration => attach(connection);
    this.attached.set(own, this.connection && attach(this.connection));
    return {
      dispose: () => {
        this.attached.get(own)?.dispose();
        this.attached.delete(own);
      },
    };
  }

  attach(connection: C): void {
    this.connection = connection;
    for (const attach of this.attached.keys()) this.attached.set(attach, attach(connection));
  }

  /** The connection is gone, and its registrations with it. */
  detach(): void {
    this.connection = undefined;
    for (const attach of this.attached.keys()) this.attached.set(attach, undefined);
  }
}
