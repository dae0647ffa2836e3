import type { Mail } from '../mail/mail.ts'
import { writtenDate } from '../offers/words.ts'
import type { Site } from '../paywall/site.ts'
import type { Attempt } from '../subscriptions/attempt.ts'
import { purchaseWords } from '../subscriptions/purchase-words.ts'
import type { Notice } from './notice.ts'
import { mailWith } from './notice-mail.ts'
import { noticeCatalogueFor } from './notice-words.ts'

/** For who has bought a gift: the terms that they agreed to, and the link to give on. */
export function composeGiftNotice(
  notice: Pick<Notice, 'id'>,
  { attempt, site, accountUrl, giftUrl }: { attempt: Attempt; site: Site; accountUrl: URL; giftUrl: URL },
): Omit<Mail, 'to'> {
  const { language, consent, gift } = attempt
  const catalogue = noticeCatalogueFor(language)
  const { labels } = catalogue
  const letter = {
    ...catalogue.gift({
      paper: site.name,
      plan: attempt.planName,
      months: purchaseWords(language).months(gift?.months ?? 0),
      agreedOn: writtenDate(consent.atMs, { language, timeZone: site.timeZone }),
    }),
    paper: site.name,
    language,
    direction: catalogue.direction,
    terms: { label: labels.terms, text: consent.terms },
    rows: [{ label: labels.giftLink, text: giftUrl.href }],
    button: { label: labels.account, url: accountUrl.href },
    why: catalogue.whyGift(site.name),
  }
  return mailWith(letter, notice.id)
}
