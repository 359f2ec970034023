import { z } from 'zod';
import { chat } from './routes/chat.js';
import { chatCompletion } from './chatRequest.js';
import { llamaCompletion } from './routes/completion.js';
import { infill } from './routes/infill.js';
import { textCompletion } from './textRequest.js';
import {
  answerSchema,
  chatCompletionSchema,
  errorSchema,
  healthSchema,
  llamaAnswerSchema,
  modelListSchema,
  modelSchema,
  textCompletionSchema,
} from './schemas/answers.js';

type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const content = (type: string, schema: Json): Json => ({ [type]: { schema } });
const json = (name: string, description: string): Json => ({
  description,
  content: content('application/json', ref(name)),
});
const problem = (description: string): Json => json('Error', description);

const PROBLEMS: Json = {
  '400': problem('invalid request, or too long for the context'),
  '401': problem('the API key is missing or wrong'),
  '403': problem('sent by a page of another site, or to another host'),
  '413': problem('the body is too large'),
  '415': problem('the content type is not JSON'),
  '429': problem('too many requests are waiting; Retry-After says when to try again'),
  '500': problem('llama.cpp failed'),
  '501': problem('the model doesn’t support this'),
  '503': problem('there is no model, or it can’t be used'),
  '504': problem('it took too long'),
};

function post(summary: string, body: string, answer: string): Json {
  return {
    post: {
      summary,
      requestBody: { required: true, content: content('application/json', ref(body)) },
      responses: {
        ...PROBLEMS,
        '200': {
          description: 'the answer; with "stream": true as server-sent events',
          content: {
            ...content('application/json', ref(answer)),
            ...content('text/event-stream', {}),
          },
        },
      },
    },
  };
}

const get = (summary: string, responses: Json, more: Json = {}): Json => ({
  get: { summary, ...more, responses },
});

/** The description of the server in OpenAPI 3.1; requests' schemas are those that requests are checked with. */
export function openApi(version: string): Json {
  const schema = (type: z.ZodType, io: 'input' | 'output'): Json => {
    const made = z.toJSONSchema(type, { io, unrepresentable: 'any' });
    return Object.fromEntries(Object.entries(made).filter(([key]) => key !== '$schema'));
  };
  const denied = { '401': PROBLEMS['401'], '403': PROBLEMS['403'] };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Youtu Code',
      version,
      description:
        'Small language models on this machine: a chat, an OpenAI-compatible API, and llama.cpp’s completion and infill.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { key: [] }],
    paths: {
      '/chat': post('Answer a prompt; with a session, continue a conversation', 'Chat', 'Answer'),
      '/v1/chat/completions': post(
        'Chat completions, as in OpenAI’s API',
        'ChatCompletionRequest',
        'ChatCompletion',
      ),
      '/v1/completions': post(
        'Text completions, as in OpenAI’s API; with a suffix, infill',
        'CompletionRequest',
        'Completion',
      ),
      '/completion': post(
        'Text that continues a prompt, as in llama.cpp’s server',
        'LlamaCompletionRequest',
        'LlamaAnswer',
      ),
      '/infill': post('Infill, as in llama.cpp’s server', 'InfillRequest', 'LlamaAnswer'),
      '/v1/models': get('The loaded models', { ...denied, '200': json('ModelList', 'the models') }),
      '/v1/models/{id}': get(
        'A loaded model',
        { ...denied, '200': json('Model', 'the model'), '404': problem('the model isn’t loaded') },
        { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
      ),
      '/health': get('Whether the server can answer', {
        '200': json('Health', 'ready'),
        '403': PROBLEMS['403'],
        '503': json('Health', 'not ready; the status says why'),
      }),
      '/metrics': get('Metrics for Prometheus', {
        ...denied,
        '200': { description: 'metrics', content: content('text/plain', { type: 'string' }) },
      }),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Chat: schema(chat, 'input'),
        ChatCompletionRequest: schema(chatCompletion, 'input'),
        CompletionRequest: schema(textCompletion, 'input'),
        LlamaCompletionRequest: schema(llamaCompletion, 'input'),
        InfillRequest: schema(infill, 'input'),
        Answer: schema(answerSchema, 'output'),
        ChatCompletion: schema(chatCompletionSchema, 'output'),
        Completion: schema(textCompletionSchema, 'output'),
        LlamaAnswer: schema(llamaAnswerSchema, 'output'),
        Model: schema(modelSchema, 'output'),
        ModelList: schema(modelListSchema, 'output'),
        Health: schema(healthSchema, 'output'),
        Error: schema(errorSchema, 'output'),
      },
    },
  };
}
