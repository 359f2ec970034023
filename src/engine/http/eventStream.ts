/** What a server-sent event is made from: an object becomes JSON, a text stays. */
export type EventData = object | string;

export interface EventSink {
  send(data: EventData): void;
}

/** Proxies and browsers give up on a connection that says nothing. */
const PING_MS = 10_000;
/** A client that has read nothing at so many pings in a row is taken for gone. */
const MAX_STALLED_PINGS = 3;
/** An error that comes so soon is still told by the response's status. */
const EARLY_MS = 2000;
/** Bytes that may wait for a slow reader before that counts. */
const BUFFERED_BYTES = 65_536;

/**
 * A response of server-sent events, written by `work` while it runs.
 * @param asked the request's own signal, aborted when its sender leaves
 * @param work gets a signal that is aborted when the reader has gone; what it throws is made an event by `onError`
 * @throws what `work` throws before it has sent anything, if that is soon
 */
export async function eventStream(
  asked: AbortSignal,
  work: (sink: EventSink, signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => EventData,
): Promise<Response> {
  const reader = new AbortController();
  const encoder = new TextEncoder();
  let watch: NodeJS.Timeout | undefined;
  let isBegun = false;
  let begin: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const begun = new Promise<void>((resolve, reject) => {
    begin = (): void => {
      isBegun = true;
      resolve();
    };
    fail = reject;
  });
  const early = setTimeout(begin, EARLY_MS);
  // Until there is a response there is no reader that could cancel.
  const onLeft = (): void => {
    reader.abort(asked.reason);
    fail(asked.reason);
  };
  asked.addEventListener('abort', onLeft, { once: true });
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let stalledPings = 0;
        const write = (text: string): void => {
          begin();
          if (!reader.signal.aborted) controller.enqueue(encoder.encode(text));
        };
        const gone = (): void => {
          reader.abort(new DOMException('the reader takes nothing any more', 'AbortError'));
          controller.error(reader.signal.reason);
        };
        watch = setInterval(() => {
          const isFull = (controller.desiredSize ?? 0) <= 0;
          stalledPings = isFull ? stalledPings + 1 : 0;
          if (!isFull) write(': ping\n\n');
          else if (stalledPings > MAX_STALLED_PINGS) gone();
        }, PING_MS);
        watch.unref();
        const sink: EventSink = {
          send: (data) => write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`),
        };
        const run = async (): Promise<void> => {
          try {
            await work(sink, reader.signal);
          } catch (error) {
            if (!isBegun) fail(error);
            else if (!reader.signal.aborted) sink.send(onError(error));
          }
          clearInterval(watch);
          begin();
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
  await begun.finally(() => {
    clearTimeout(early);
    asked.removeEventListener('abort', onLeft);
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would gather the events otherwise.
      'x-accel-buffering': 'no',
    },
  });
}
