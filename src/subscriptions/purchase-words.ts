import type { Attempt } from './attempt.ts'

type Facts = { site: string; plan: string; months: number }
type Words = { title: string; text: string }

/** What a reader is told about a purchase after paying, and about a gift. Dates come written. */
export type PurchaseWords = {
  direction: 'ltr' | 'rtl'
  readOn: (site: string) => string
  /** How long a gift is for. */
  months: (months: number) => string
  waiting: Words
  refused: Record<NonNullable<Attempt['refused']>, Words>
  given: { title: string; text: (gift: Facts) => string; keep: string }
  gift: {
    open: {
      title: (gift: Facts) => string
      text: (gift: Facts & { until: string }) => string
      button: string
    }
    theirs: { title: string; text: (gift: Facts & { until: string }) => string }
    taken: (gift: Facts) => string
    subscribed: (gift: Facts) => string
    unpaid: (gift: Facts) => string
    refunded: (gift: Facts) => string
    disputed: (gift: Facts) => string
  }
  away: Words & { button: string }
}

/** In the language asked for (BCP 47), else in English. */
export function purchaseWords(language: string): PurchaseWords {
  return catalogues.get(new Intl.Locale(language).language) ?? english
}

const english: PurchaseWords = {
  direction: 'ltr',
  readOn: (site) => `Go to ${site}`,
  months: monthsInEnglish,
  waiting: {
    title: 'We are confirming your payment',
    text: 'Thank you. It takes a moment until we hear of your payment; this page looks again by itself. There is no need to pay again.',
  },
  refused: {
    second_subscription: {
      title: 'You had a subscription already',
      text: 'You paid for a second subscription. We have ended it at once and refunded the payment in full; the subscription you had goes on.',
    },
    wrong_amount: {
      title: 'This purchase did not go through',
      text: 'What was charged is not what you agreed to. We have taken the purchase back at once and refunded the payment in full.',
    },
  },
  given: {
    title: 'Your gift is ready',
    text: ({ plan, site, months }) =>
      `Thank you. Send this link to the person it is for: ${plan} at ${site}, ${monthsInEnglish(months)}.`,
    keep: 'It can be used once. Keep it until it has been.',
  },
  gift: {
    open: {
      title: ({ site }) => `A gift for you from a reader of ${site}`,
      text: ({ plan, months, until }) =>
        `${plan} for ${monthsInEnglish(months)}: until ${until}, if you accept it today. It costs you nothing and ends by itself.`,
      button: 'Accept the gift',
    },
    theirs: {
      title: 'Enjoy your gift',
      text: ({ plan, until }) => `${plan} is yours until ${until}. It ends by itself.`,
    },
    taken: () => 'This gift has already been accepted by somebody else.',
    subscribed: ({ plan }) =>
      `You can read everything already. Keep the link: ${plan} can be accepted when your subscription has ended, or by somebody else.`,
    unpaid: () => 'The payment for this gift has not come through yet. Please look again later.',
    refunded: () => 'This gift has been taken back.',
    disputed: () =>
      'The payment for this gift is being clarified with the bank. Please keep the link and look again later.',
  },
  away: {
    title: 'Please try again',
    text: 'Our payment service does not answer just now, so we cannot look this up. Nothing was charged and nothing is lost. Please try again in a moment.',
    button: 'Try again',
  },
}

const german: PurchaseWords = {
  direction: 'ltr',
  readOn: (site) => `Weiter zu ${site}`,
  months: monthsInGerman,
  waiting: {
    title: 'Wir bestätigen Ihre Zahlung',
    text: 'Vielen Dank. Bis wir von Ihrer Zahlung erfahren, vergeht ein Moment; diese Seite sieht von selbst wieder nach. Bitte zahlen Sie nicht noch einmal.',
  },
  refused: {
    second_subscription: {
      title: 'Sie hatten schon ein Abonnement',
      text: 'Sie haben ein zweites Abonnement bezahlt. Wir haben es sofort beendet und die Zahlung vollständig erstattet; Ihr bisheriges läuft weiter.',
    },
    wrong_amount: {
      title: 'Dieser Kauf ist nicht zustande gekommen',
      text: 'Berechnet wurde etwas anderes, als Sie vereinbart hatten. Wir haben den Kauf sofort rückgängig gemacht und die Zahlung vollständig erstattet.',
    },
  },
  given: {
    title: 'Ihr Geschenk ist bereit',
    text: ({ plan, site, months }) =>
      `Vielen Dank. Schicken Sie diesen Link an die Person, die Sie beschenken: ${plan} bei ${site}, ${monthsInGerman(months)}.`,
    keep: 'Er kann einmal eingelöst werden. Heben Sie ihn bis dahin auf.',
  },
  gift: {
    open: {
      title: ({ site }) => `Ein Geschenk für Sie: ${site}`,
      text: ({ plan, months, until }) =>
        `${plan}, ${monthsInGerman(months)}: bis ${until}, wenn Sie es heute annehmen. Es kostet Sie nichts und endet von selbst.`,
      button: 'Geschenk annehmen',
    },
    theirs: {
      title: 'Viel Freude mit Ihrem Geschenk',
      text: ({ plan, until }) => `${plan} gehört Ihnen bis ${until}. Es endet von selbst.`,
    },
    taken: () => 'Dieses Geschenk hat schon jemand anderes angenommen.',
    subscribed: ({ plan }) =>
      `Sie können schon alles lesen. Heben Sie den Link auf: ${plan} kann angenommen werden, wenn Ihr Abonnement geendet hat, oder von jemand anderem.`,
    unpaid: () =>
      'Die Zahlung für dieses Geschenk ist noch nicht eingegangen. Bitte sehen Sie später wieder nach.',
    refunded: () => 'Dieses Geschenk wurde zurückgenommen.',
    disputed: () =>
      'Die Zahlung für dieses Geschenk wird gerade mit der Bank geklärt. Bitte heben Sie den Link auf und sehen Sie später wieder nach.',
  },
  away: {
    title: 'Bitte versuchen Sie es noch einmal',
    text: 'Unser Zahlungsdienst antwortet gerade nicht, deshalb können wir nicht nachsehen. Es wurde nichts berechnet, und nichts geht verloren. Bitte versuchen Sie es gleich noch einmal.',
    button: 'Noch einmal versuchen',
  },
}

const arabic: PurchaseWords = {
  direction: 'rtl',
  readOn: (site) => `الانتقال إلى ${site}`,
  months: monthsInArabic,
  waiting: {
    title: 'نؤكد عملية الدفع',
    text: 'شكرًا لك. قد تمر لحظة قبل أن يصلنا خبر الدفع؛ تعيد هذه الصفحة التحقق من تلقاء نفسها. لا حاجة إلى الدفع مرة أخرى.',
  },
  refused: {
    second_subscription: {
      title: 'لديك اشتراك بالفعل',
      text: 'لقد دفعت ثمن اشتراك ثانٍ. أنهيناه فورًا ورددنا المبلغ كاملًا؛ ويستمر اشتراكك السابق.',
    },
    wrong_amount: {
      title: 'لم تكتمل عملية الشراء',
      text: 'المبلغ المحصّل ليس ما وافقت عليه. ألغينا عملية الشراء فورًا ورددنا المبلغ كاملًا.',
    },
  },
  given: {
    title: 'هديتك جاهزة',
    text: ({ plan, site, months }) =>
      `شكرًا لك. أرسل هذا الرابط إلى من تريد أن يقرأ ${site}: ${plan}، ${monthsInArabic(months)}.`,
    keep: 'يمكن استخدامه مرة واحدة. احتفظ به حتى ذلك الحين.',
  },
  gift: {
    open: {
      title: ({ site }) => `هدية لك من أحد قراء ${site}`,
      text: ({ plan, months, until }) =>
        `${plan} لمدة ${monthsInArabic(months)}: حتى ${until} إذا قبلتها اليوم. لا تكلفك شيئًا وتنتهي من تلقاء نفسها.`,
      button: 'قبول الهدية',
    },
    theirs: {
      title: 'نتمنى لك قراءة ممتعة',
      text: ({ plan, until }) => `${plan} لك حتى ${until}، وينتهي من تلقاء نفسه.`,
    },
    taken: () => 'قبل شخص آخر هذه الهدية من قبل.',
    subscribed: ({ plan }) =>
      `يمكنك قراءة كل شيء بالفعل. احتفظ بالرابط: يمكن قبول ${plan} عندما ينتهي اشتراكك، أو أن يقبله شخص آخر.`,
    unpaid: () => 'لم تصل دفعة هذه الهدية بعد. يرجى العودة لاحقًا.',
    refunded: () => 'استُردّت هذه الهدية.',
    disputed: () => 'تجري مراجعة دفعة هذه الهدية مع البنك. يرجى الاحتفاظ بالرابط والعودة لاحقًا.',
  },
  away: {
    title: 'يرجى المحاولة مرة أخرى',
    text: 'خدمة الدفع لا تستجيب الآن، لذلك لا يمكننا التحقق. لم يُحصَّل أي مبلغ ولم يضع شيء. يرجى المحاولة بعد لحظة.',
    button: 'حاول مرة أخرى',
  },
}

const catalogues = new Map([
  ['en', english],
  ['de', german],
  ['ar', arabic],
])

function monthsInEnglish(months: number): string {
  return months === 1 ? 'one month' : `${months} months`
}

function monthsInGerman(months: number): string {
  return months === 1 ? 'ein Monat' : `${months} Monate`
}

/** Arabic says one, two, three to ten, and more than ten each in its own way; Intl knows which. */
function monthsInArabic(months: number): string {
  return new Intl.NumberFormat('ar', { style: 'unit', unit: 'month', unitDisplay: 'long' }).format(months)
}
