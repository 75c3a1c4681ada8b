import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOCALES, render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

export const SERVER_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** The language of a request: `?lang=` first, then what the browser asks for, then Chinese. */
export function localeOf(request: FastifyRequest): Locale {
  const { lang } = request.query as { lang?: string };
  const asked = [lang ?? '', ...(request.headers['accept-language'] ?? '').split(',').map((part) => part.trim().slice(0, 2))];
  return asked.map((one) => LOCALES.find((locale) => locale === one)).find((locale) => locale !== undefined) ?? 'zh';
}

/** Answers with a problem (RFC 9457) in the caller's language; `code` names its words and its type. */
export async function sendProblem(request: FastifyRequest, reply: FastifyReply, status: number, code: string, data: Readonly<Record<string, string | number>> = {}): Promise<FastifyReply> {
  const messages = SERVER_MESSAGES[localeOf(request)];
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send({
    type: `/api/docs#problem-${code}`, status,
    title: render(messages, `problem.${code}.title`, data),
    detail: render(messages, `problem.${code}`, data),
  });
}

/** The checks of a parameter that have words of their own; zod names them. */
const ISSUES: readonly string[] = ['unrecognized_keys', 'too_big', 'too_small', 'invalid_value', 'invalid_type'];

/** What is wrong with a parameter, in the caller's language: the code of the check and the parameter it is about. */
export function describeIssue(request: FastifyRequest, { keyword, instancePath, params }: { readonly keyword: string; readonly instancePath: string; readonly params: Readonly<Record<string, unknown>> }): string {
  const list = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : '');
  const bound = params['minimum'] ?? params['maximum'];
  return render(SERVER_MESSAGES[localeOf(request)], `issue.${ISSUES.includes(keyword) ? keyword : 'other'}`, {
    parameter: instancePath.replace('/', '') || list(params['keys']),
    bound: typeof bound === 'number' ? bound : '',
    values: list(params['values']),
  });
}
