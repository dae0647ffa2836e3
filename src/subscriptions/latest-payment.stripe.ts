import type Stripe from 'stripe'

/** A bill that was paid by a card or the like, and the charge that paid it. */
export type LatestPayment = { invoice: Stripe.Invoice; charge: Stripe.Charge }

/** Bills that came to nothing, such as that of a trial's beginning, lie between payments; so many are looked through. */
const mostInvoices = 12

/** The latest payment for a subscription; null where nothing has been paid. */
export async function latestPayment(stripe: Stripe, subscription: string): Promise<LatestPayment | null> {
  const { data } = await stripe.invoices.list({
    subscription,
    status: 'paid',
    limit: mostInvoices,
    expand: ['data.payments'],
  })
  for (const invoice of data) {
    const intent = intentOf(invoice)
    if (intent === null) continue
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intent, {
      expand: ['latest_charge'],
    })
    return charge !== null && typeof charge === 'object' ? { invoice, charge } : null
  }
  return null
}

function intentOf({ payments }: Stripe.Invoice): string | null {
  const paid = payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent
  return typeof paid === 'object' ? (paid?.id ?? null) : (paid ?? null)
}
