import { type Catalogue, type PluralForms, pluralsOf, type WrittenFacts } from './catalogue.ts'
import type { Period } from './plan.ts'

export const arabicWords: Catalogue = {
  price: {
    regular: ({ regular, period, number }) => `${regular} كل ${time(period, number)}`,
    paid: ({ intro, length, number }) => `${intro} فقط لمدة ${time(length, number)}`,
    free: ({ length, number }) => `مجانًا لمدة ${time(length, number)}`,
    first_at: ({ intro, period, number }) => `${intro} فقط لأول ${time(period, number)}`,
    first_off: ({ percent, period, number }) => `خصم ${percent} على أول ${time(period, number)}`,
    several_at: ({ intro, period, length, number }) =>
      `${intro} كل ${time(period, number)} لمدة ${time(length, number)}`,
    several_off: ({ percent, length, number }) => `خصم ${percent} لمدة ${time(length, number)}`,
    next_at: ({ intro }) => `${intro} فقط لفاتورتك القادمة`,
    next_off: ({ percent }) => `خصم ${percent} على فاتورتك القادمة`,
    gift: ({ dueNow, length, number }) => `هدية لمدة ${time(length, number)} مقابل ${dueNow}`,
  },
  terms: {
    regular: (facts) =>
      `تدفع ${facts.dueNow} اليوم عن أول ${time(facts.period, facts.number)}. ` +
      `بعد ذلك ${renews(facts)} ${cancelBeforeRenewal}`,
    paid: (facts) =>
      `تدفع ${facts.dueNow} اليوم عن أول ${time(facts.length, facts.number)}. ` +
      `وفي ${facts.firstRegularBillDate} ${renews(facts)} ` +
      `يمكنك الإلغاء في أي وقت من حسابك؛ وإذا ألغيت قبل ${facts.firstRegularBillDate} فلن تدفع شيئًا بعد ذلك.`,
    deferred: (facts) =>
      `لا تدفع شيئًا اليوم. وفي ${facts.firstRegularBillDate} تبلغ فاتورتك الأولى ${facts.firstRegularBill}: ` +
      `${facts.intro} عن المدة حتى ذلك التاريخ (${time(facts.length, facts.number)})، ` +
      `و${facts.regular} عن المدة التي تليها (${time(facts.period, facts.number)}). ` +
      `بعد ذلك ${renews(facts)} ${cancelBefore(facts)}`,
    free: (facts) =>
      `لا تدفع شيئًا اليوم: أول ${time(facts.length, facts.number)} مجانًا. ` +
      `وفي ${facts.firstRegularBillDate} ${renews(facts)} ${cancelBefore(facts)}`,
    several: (facts) =>
      `تدفع ${facts.intro} اليوم، ثم المبلغ نفسه كل ${time(facts.period, facts.number)}، ` +
      `${times(facts)} في المجموع. وفي ${facts.firstRegularBillDate} ${renews(facts)} ${cancelBeforeRenewal}`,
    goes_on: (facts) =>
      `لا تدفع شيئًا اليوم. يستمر اشتراكك بعد انتهاء المدة التي دفعت ثمنها، ثم ${renews(facts)} ${cancelBeforeNextBill}`,
    goes_on_discounted: (facts) =>
      'لا تدفع شيئًا اليوم. يستمر اشتراكك بعد انتهاء المدة التي دفعت ثمنها. ' +
      `تدفع ${facts.intro} بدلًا من ${facts.regular} عن ${nextBills(facts)}. ` +
      `بعد ذلك ${renews(facts)} ${cancelBeforeNextBill}`,
    gift: (facts) =>
      `تدفع ${facts.dueNow} اليوم مرة واحدة. وتحصل على رابط تهديه لمن تشاء: من يستخدمه أولًا يقرأ لمدة ` +
      `${time(facts.length, facts.number)} ابتداءً من ذلك اليوم. لا يتجدد شيء تلقائيًا، ولا تدفع أي مبلغ آخر.`,
  },
  tax: { inclusive: 'الأسعار شاملة الضريبة.', exclusive: 'تُضاف الضريبة إلى هذه الأسعار.' },
  promotionCode: 'إذا أدخلت رمزًا ترويجيًا عند الدفع، انخفضت هذه المبالغ.',
  sale: { endsSoon: 'التخفيض ينتهي قريبًا', ends: (date) => `التخفيض ينتهي في ${date}` },
  offer: { endsSoon: 'العرض ينتهي قريبًا', ends: (date) => `العرض ينتهي في ${date}` },
  cancelAnytime: 'يمكنك الإلغاء في أي وقت',
  doesNotRenew: 'لا يتجدد تلقائيًا',
  payments: {
    today: 'اليوم',
    next: 'الدفعة التالية',
    regular: 'السعر العادي',
    nothing: 'لا شيء',
    on: (amount, date) => `${amount} في ${date}`,
    from: ({ regular, period, date, number }) => `${regular} كل ${time(period, number)}، ابتداءً من ${date}`,
  },
}

const cancelBeforeRenewal =
  'يمكنك الإلغاء في أي وقت من حسابك؛ وإذا ألغيت قبل موعد التجديد فلن تدفع شيئًا بعد ذلك.'
const cancelBeforeNextBill =
  'يمكنك الإلغاء في أي وقت من حسابك؛ وإذا ألغيت قبل الفاتورة القادمة فلن تدفع شيئًا بعد ذلك.'

function cancelBefore({ firstRegularBillDate: date }: WrittenFacts): string {
  return `يمكنك الإلغاء في أي وقت من حسابك؛ وإذا ألغيت قبل ${date} فلن تدفع شيئًا.`
}

function renews({ regular, period, number }: WrittenFacts): string {
  return `يتجدد اشتراكك تلقائيًا بالسعر العادي البالغ ${regular} كل ${time(period, number)} إلى أن تلغيه.`
}

const plural = pluralsOf('ar')

/** `#` is the number, which one and two are without: the noun says them. All stand in the genitive. */
const units: { [unit in Period['unit']]: PluralForms } = {
  day: { one: 'يوم', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' },
  week: { one: 'أسبوع', two: 'أسبوعين', few: '# أسابيع', many: '# أسبوعًا', other: '# أسبوع' },
  month: { one: 'شهر', two: 'شهرين', few: '# أشهر', many: '# شهرًا', other: '# شهر' },
  year: { one: 'سنة', two: 'سنتين', few: '# سنوات', many: '# سنة', other: '# سنة' },
}

function time({ unit, count }: Period, number: WrittenFacts['number']): string {
  return plural(units[unit], count).replace('#', number(count))
}

function times({ bills, number }: WrittenFacts): string {
  const forms = { one: 'مرة واحدة', two: 'مرتين', few: '# مرات', other: '# مرة' }
  return plural(forms, bills).replace('#', number(bills))
}

function nextBills({ bills, number }: WrittenFacts): string {
  const forms = {
    one: 'فاتورتك القادمة',
    two: 'كل من فاتورتيك القادمتين',
    other: 'كل من فواتيرك القادمة (وعددها #)',
  }
  return plural(forms, bills).replace('#', number(bills))
}
