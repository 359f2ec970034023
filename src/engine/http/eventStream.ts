/** What a server-sent event is made from: an object becomes JSON, a text stays. */
export type EventData = object | string;

export interface EventSink {
  send(data: EventData): void;
}

/** Proxies and browsers give up on a connection that says nothing. */
const PING_MS = 10_000;
/** Whoever doesn't take what is sent for so long has gone, or never wanted it. */
const STALLED_MS = 30_000;
/** Bytes that may wait for a slow reader before that counts. */
const BUFFERED_BYTES = 65_536;

/**
 * A response of server-sent events, written by `work` while it runs.
 * @param work gets a signal that is aborted when the reader has gone; what it throws is made an event by `onError`
 */
export function eventStream(
  work: (sink: EventSink, signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => EventData,
): Response {
  const reader = new AbortController();
  const encoder = new TextEncoder();
  let watch: NodeJS.Timeout | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let stalledSince: number | undefined;
        const write = (text: string): void => {
          if (!reader.signal.aborted) controller.enqueue(encoder.encode(text));
        };
        const gone = (): void => {
          reader.abort(new DOMException('the reader takes nothing any more', 'AbortError'));
          controller.error(reader.signal.reason);
        };
        watch = setInterval(() => {
          const isFull = (controller.desiredSize ?? 0) <= 0;
          if (!isFull) {
            stalledSince = undefined;
            write(': ping\n\n');
          } else {
            stalledSince ??= performance.now();
            if (performance.now() - stalledSince >= STALLED_MS) gone();
          }
        }, PING_MS);
        watch.unref();
        const sink: EventSink = {
          send: (data) => write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`),
        };
        const run = async (): Promise<void> => {
          try {
            await work(sink, reader.signal);
          } catch (error) {
            if (!reader.signal.aborted) sink.send(onError(error));
          }
          clearInterval(watch);
          if (!reader.signal.aborted) controller.close();
        };
        void run();
      },
      cancel() {
        clearInterval(watch);
        reader.abort(new DOMException('the reader has gone', 'AbortError'));
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
  );
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would gather the events otherwise.
      'x-accel-buffering': 'no',
    },
  });
}
