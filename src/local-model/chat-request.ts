import { z } from 'zod';

/** The part of OpenAI's chat completion request that the local model reads. */
const CHAT_REQUEST = z.object({
  model: z.string().min(1),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  stream: z.boolean().optional(),
  seed: z.int().optional(),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  response_format: z.object({ type: z.enum(['text', 'json_object', 'json_schema']), json_schema: z.unknown().optional() }).optional(),
});

/** A question as it came over the wire. */
export type ChatRequest = z.output<typeof CHAT_REQUEST>;

/** Reads a request's body. @returns the request, or what is wrong with it */
export function readChatRequest(body: string): ChatRequest | { readonly wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { wrong: 'the body is not JSON' };
  }
  const parsed = CHAT_REQUEST.safeParse(json);
  if (!parsed.success) return { wrong: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
  if (parsed.data.stream === true) return { wrong: 'stream: only false is known here' };
  return parsed.data;
}
