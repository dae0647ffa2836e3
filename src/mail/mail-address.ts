/** Who mail comes from; `name` is empty where none was given. */
export type MailAddress = { name: string; address: string }

/** "The Harbor Lantern <mail@example.com>" or an address alone; null where it is neither. */
export function mailAddress(text: string): MailAddress | null {
  const [, named, inBrackets, alone] = pattern.exec(text.trim()) ?? []
  const address = inBrackets ?? alone
  return address === undefined ? null : { name: named?.trim() ?? '', address }
}

/** No line breaks, which would begin another header. */
const pattern = /^(?:"?([^"<>\r\n]*?)"?\s*<([^\s<>@,;"]+@[^\s<>@,;"]+)>|([^\s<>@,;"]+@[^\s<>@,;"]+))$/
