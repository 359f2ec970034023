import { once } from 'node:events';
import { Option, type Command } from 'commander';
import { HANG_MS } from '../../engine/decoding/hangDetector.js';
import type { Engine } from '../../engine/engine.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, numberArgument, writeJson } from '../commandOptions.js';
import { errorText, ExitStatus } from '../errors.js';
import { withEngine } from '../localEngine.js';
import { supervisorLink, type SupervisorLink } from '../serve/supervised.js';
import { ALIVE_EVERY_MS, Supervisor } from '../serve/supervisor.js';

interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly model?: string;
  readonly apiKey?: string;
  readonly parallel?: number;
  readonly queue?: number;
  readonly timeout?: number;
  readonly context?: number;
  readonly hangTimeout: number;
  readonly sleepIdleSeconds?: number;
}

/** `youtu serve`: the engine over HTTP, until Ctrl+C. */
export function addServe(program: Command, context: CommandContext, version: string): void {
  program
    .command('serve')
    .description(
      'start the HTTP server: /chat, OpenAI-compatible API, llama.cpp’s /completion and /infill, and a web page',
    )
    .option(
      '--host <address>',
      'address to listen on; any other than this machine’s own requires a key',
      '127.0.0.1',
    )
    .option(
      '--port <number>',
      'port to listen on; 0 for any free port',
      numberArgument({ from: 0, to: 65_535 }),
      8737,
    )
    .option('--model <id|path>', 'the model that answers; default: the best one installed')
    .addOption(new Option('--api-key <key>', 'key that clients must send').env('YOUTU_API_KEY'))
    .option(
      '--parallel <number>',
      'answers that are generated at once (4)',
      numberArgument({ from: 1, to: 64 }),
    )
    .option('--queue <number>', 'requests that may wait (64)', numberArgument({ from: 0, to: 100_000 }))
    .option(
      '--context <tokens>',
      'context size: tokens of a prompt and its answer (4096)',
      numberArgument({ from: 256, to: 1_000_000 }),
    )
    .option('--timeout <seconds>', 'time limit for one answer (600)', numberArgument({ from: 1, to: 86_400 }))
    .option(
      '--sleep-idle-seconds <seconds>',
      'free the KV caches and the model after so long without a request; 0: never (1800)',
      numberArgument({ from: 0, to: 604_800 }),
    )
    .option(
      '--hang-timeout <seconds>',
      'the server is started again when an evaluation takes so long, and ten times as long as the longest before it; 0: never',
      numberArgument({ from: 0, to: 86_400 }),
      HANG_MS / 1000,
    )
    .action(async (options: ServeOptions, command: Command) => {
      if (options.host.trim() === '')
        command.error('error: the address after --host is blank. Pass one, such as 127.0.0.1.');
      const link = supervisorLink();
      const hangMs = options.hangTimeout === 0 ? Infinity : options.hangTimeout * 1000;
      if (link === undefined) return superviseServer(context, hangMs);
      const own = { ...context, signal: link.signal };
      const { model } = options;
      const { sleepIdleSeconds: idle } = options;
      const settings = idle === undefined ? {} : { unloadAfter: idle / 60 };
      await withEngine(own, { ...(model === undefined ? {} : { model }), hangMs, settings }, (engine) =>
        serve(own, engine, options, { version, isJson: isJson(command), link }),
      );
    });
}

/** The process that the user started; the server runs in another one. */
async function superviseServer({ terminal, signal }: CommandContext, hangMs: number): Promise<void> {
  const [, module = '', ...args] = process.argv;
  // Nothing in JavaScript takes as long as an evaluation may.
  const limits = { maxSilentChecks: Math.max(3, hangMs / 4 / ALIVE_EVERY_MS) };
  const status = await new Supervisor({ module, args }, terminal, limits).run(signal);
  if (status !== 0) throw new ExitStatus(status);
}

async function serve(
  { terminal, signal }: CommandContext,
  engine: Engine,
  { host, port, apiKey, parallel, queue, timeout, context, sleepIdleSeconds }: ServeOptions,
  {
    version,
    isJson: asJson,
    link,
  }: { readonly version: string; readonly isJson: boolean; readonly link: SupervisorLink },
): Promise<void> {
  // Imported for this command only: the others start faster without it.
  const { HttpServer } = await import('../../engine/http/httpServer.js');
  const server = await HttpServer.start(engine, {
    host,
    port,
    apiKey,
    version,
    slots: parallel,
    queue,
    timeoutSeconds: timeout,
    contextTokens: context,
    sleepIdleSeconds,
  });
  try {
    link.notifyListening(Number(new URL(server.url).port), {
      hang: () => {
        const seconds = Math.round(engine.hangs.evaluationMs / 1000);
        return engine.hangs.isHung ? `an evaluation in llama.cpp has taken ${seconds} s.` : undefined;
      },
      onHang: () => server.endHung(),
    });
    terminal.writeNote('Loading the model …\n');
    // Without a model the server answers requests with that error until there is one.
    const model = await engine.host.model('chat').catch((error: unknown) => {
      terminal.writeNote(`${errorText(error)}\n`);
    });
    if (link.isRestart) terminal.writeNote(`The server is back at ${server.url}\n`);
    else if (asJson) writeJson(terminal, { url: server.url, model: model?.id ?? null });
    else terminal.writeResult(`${server.url}\n`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    terminal.writeNote('Stopping. Running answers get a moment to finish.\n');
    await server.stop();
  }
}
