import { z } from 'zod'
import type { Running } from './sandbox-under-test.ts'

const answerShape = z.looseObject({
  error: z
    .object({
      type: z.string(),
      message: z.string(),
      code: z.string().optional(),
      param: z.string().optional(),
    })
    .optional(),
})

/** Sends a form as it stands, past the library and its types. */
export async function send(
  running: Running,
  address: string,
  form: string,
  headers: Record<string, string> = {},
) {
  const [method = '', path = ''] = address.split(' ')
  const request = {
    method,
    headers: {
      authorization: 'Bearer sk_test_x',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    ...(method === 'POST' && { body: form }),
  }
  const response = await fetch(running.apiUrl + path, request)
  const body = answerShape.parse(await response.json())
  return { status: response.status, body, error: body.error }
}
