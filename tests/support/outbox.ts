import { z } from 'zod'
import type { Service } from './service.ts'

/** The link in the newest mail of the service's outbox. */
export async function linkInOutbox({ url }: Service): Promise<string> {
  const outbox = await fetch(`${url}/sandbox/outbox/mails.json`)
  const [newest] = mailsSchema.parse(await outbox.json())
  return /https?:\/\/\S+/.exec(newest?.text ?? '')?.[0] ?? ''
}

const mailsSchema = z.array(z.object({ text: z.string() }))
