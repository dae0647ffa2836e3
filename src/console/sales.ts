import type { CrawlerCheck } from '../exemptions/crawlers.ts'
import { prepareRules } from '../paywall/rules.ts'
import type { Configuration } from '../publishing/configuration.ts'
import { type Catalogue, newlySold, type Sold, soldBy } from '../subscriptions/catalogue.ts'

/** What a configuration sells, in the payment service. */
export type Sales = {
  /** Makes what is sold by `next` and not by `before` be there. Rejects with PaymentsUnavailable. */
  prepare(options: { next: Configuration; before: Configuration }): Promise<void>
  of(configuration: Configuration): Sold[]
}

export type SalesParts = {
  catalogue: Catalogue
  serviceUrl: URL
  crawlers: CrawlerCheck
  now: () => number
}

export function createSales({ catalogue, serviceUrl, crawlers, now }: SalesParts): Sales {
  function of(configuration: Configuration, at = now()): Sold[] {
    return soldBy(prepareRules({ configuration, version: 0, serviceUrl, crawlers }), at)
  }

  return {
    of,
    async prepare({ next, before }) {
      const at = now()
      for (const { terms } of newlySold(of(next, at), of(before, at))) await catalogue.prepare(terms)
    },
  }
}
