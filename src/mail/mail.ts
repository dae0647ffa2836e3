/** A mail to one person, ready to be sent. */
export type Mail = {
  /** Names the mail: the same id is the same mail, however often it is sent. */
  id: string
  /** One address, without a name. */
  to: string
  /** The name that it comes from, beside the service's address; the one in MAIL_FROM if left out. */
  fromName?: string
  subject: string
  text: string
  /** A whole document, for programs that show one; null where the text is all. */
  html: string | null
  /** BCP 47: of the words in it. */
  language: string
}

/** Who takes mail. */
export type Mailer = {
  /** Rejects with MailNotTaken when it was not taken; it may be sent again then. */
  send(mail: Mail): Promise<void>
}

/** Nobody took the mail; `message` says why, without the address it was for. */
export class MailNotTaken extends Error {
  override name = 'MailNotTaken'
}
