import { pluralsOf } from '../offers/catalogue.ts'
import type { AccountCatalogue } from './account-catalogue.ts'

const windows = { day: 'اليوم', week: 'هذا الأسبوع', month: 'هذا الشهر', rolling: 'حاليًا' }

export const arabicAccount: AccountCatalogue = {
  direction: 'rtl',
  account: 'حسابك',
  backTo: (paper) => `العودة إلى ${paper}`,
  subscription: {
    heading: 'الاشتراك',
    none: 'ليس لديك اشتراك.',
    ended: 'انتهى اشتراكك.',
    resumed: 'يستمر اشتراكك كما كان.',
    withdrawn: 'لقد رجعت عن العقد. ويُعاد إليك ما دفعته عن المدة التي لم تستفد منها.',
    canceled: 'أُلغي اشتراكك.',
    gift: 'هدية: لا تتجدد تلقائيًا، ولا تدفع شيئًا.',
    readUntil: (date) => `يمكنك القراءة حتى ${date}.`,
    noCharge: 'لن تدفع شيئًا.',
    noFurtherCharge: 'لن تدفع أي مبلغ آخر.',
    stillOwed: 'قد تُحصَّل الدفعة التي لم تتم، ولن تدفع شيئًا بعدها.',
    owing: 'لم تتم عملية الدفع الأخيرة. سنحاول مرة أخرى.',
    owingReadUntil: (date) => `يمكنك متابعة القراءة حتى ${date}.`,
    owingClosed: 'لا يمكنك متابعة القراءة قبل أن تتم عملية الدفع.',
  },
  rows: {
    intro: 'الفترة الترحيبية',
    introUntil: (date) => `حتى ${date}`,
    introPrice: 'السعر الترحيبي',
    introPriceUntil: (price, date) => `${price} حتى ${date}`,
    paidUntil: 'مدفوع حتى',
    next: 'الدفعة التالية',
    due: (amount, date) => `${amount}، تُستحق في ${date}`,
    waiting: (intro, regular) => `${intro} عن الفترة الترحيبية و${regular} عن المدة التي تليها`,
    withTax: 'شامل الضريبة',
    regular: 'السعر العادي',
  },
  actions: {
    cancel: 'إلغاء الاشتراك',
    undo: 'تراجع',
    undoLabel: 'التراجع عن الإلغاء والاحتفاظ بالاشتراك',
    changedYourMind: 'هل غيّرت رأيك؟',
    changeCard: 'تغيير البطاقة',
    billing: 'الفواتير والبطاقات',
    withdraw: 'الرجوع عن العقد',
  },
  offers: {
    agree: 'أوافق على هذه الشروط.',
    refused: 'لا يمكن قبول هذا العرض كما ظهر لك، لذلك لم يتغير شيء. يُرجى الاطلاع عليه مرة أخرى.',
  },
  gifts: {
    heading: 'الهدايا',
    give: 'إهداء اشتراك',
    how: 'تدفع مرة واحدة وتحصل على رابط تعطيه لمن تريد. ومن يفتحه يمكنه قبول الهدية، وهي تنتهي من تلقاء نفسها.',
    none: 'لا يوجد ما يمكن إهداؤه الآن.',
    bought: (date) => `اشتُريت في ${date}.`,
    accepted: (date) => `قُبلت في ${date}.`,
    open: 'لم تُقبل بعد. هذا هو الرابط الذي تعطيه:',
    unpaid: 'لم تصل دفعة هذه الهدية بعد.',
    refunded: 'رُدّ ثمنها، ولم يعد رابطها يفتح شيئًا.',
    disputed: 'تجري مراجعة دفعة هذه الهدية مع البنك، ولا يمكن قبولها حتى ذلك الحين. يرجى الاحتفاظ بالرابط:',
  },
  confirmCancel: {
    title: 'هل تريد إلغاء اشتراكك؟',
    undoable: 'يمكنك التراجع عن ذلك في حسابك حتى نهاية الاشتراك.',
    yes: 'نعم، ألغِ الاشتراك',
    no: 'متابعة القراءة',
  },
  confirmWithdraw: {
    title: 'هل تريد الرجوع عن العقد؟',
    until: (date) => `يمكنك الرجوع عن العقد حتى ${date} دون إبداء أي سبب.`,
    effect:
      'ينتهي اشتراكك فورًا، ويُعاد إلى بطاقتك ما دفعته عن المدة التي لم تستفد منها. ولا يمكن التراجع عن ذلك.',
    yes: 'تأكيد الرجوع',
    no: 'متابعة القراءة',
  },
  invoices: {
    heading: 'الفواتير',
    none: 'لا توجد فواتير بعد.',
    away: 'لا يمكن عرض فواتيرك الآن. حاول مرة أخرى بعد قليل.',
    date: 'التاريخ',
    amount: 'المبلغ',
    status: 'الحالة',
    show: (number) => `الفاتورة ${number}`,
    statuses: {
      paid: 'مدفوعة',
      open: 'غير مدفوعة',
      void: 'ملغاة',
      uncollectible: 'لم تُحصَّل',
      draft: 'قيد الإعداد',
    },
  },
  free: {
    heading: 'المقالات المجانية',
    notCounted: 'المقالات التي تقرؤها بصفتك مشتركًا لا تُحتسب.',
    left: ({ left, limit, window, from }) =>
      `لديك ${windows[window]} ${left} من أصل ${articles(limit)}، و${again(limit, window)} ابتداءً من ${from}.`,
    used: ({ limit, window, from }) =>
      `لقد قرأت ${windows[window]} كل ما هو مجاني لك: ${articles(limit)}. ولديك ${again(limit, window)} ابتداءً من ${from}.`,
  },
  deletion: {
    title: 'هل تريد حذف كل ما نعرفه عنك؟',
    text: 'يُحذف ما قرأته واشتراكك وحسابك. ولا يمكن التراجع عن ذلك.',
    subscriptionEnds: 'ينتهي اشتراكك فورًا، ولا يُعاد ما دُفع.',
    consentStays: 'نحتفظ بالشروط التي وافقت عليها عند الشراء، كما يقتضي القانون، من دون اسمك.',
    yes: 'احذف كل شيء',
    no: 'الاحتفاظ ببياناتي',
    done: { title: 'حُذفت بياناتك', text: 'لم نعد نعرف عنك شيئًا. إذا تابعت القراءة فأنت قارئ جديد.' },
  },
  trouble: {
    title: 'حاول مرة أخرى',
    payments:
      'خدمة الدفع لا تستجيب الآن، لذلك لا يمكننا تأكيد ذلك. لم تدفع شيئًا. حاول مرة أخرى بعد قليل؛ لا ضرر من المحاولة مرتين.',
    store: 'لا يمكننا عرض حسابك الآن. حاول مرة أخرى بعد قليل.',
    again: 'حاول مرة أخرى',
    notFromHere: 'لم يُرسل هذا من صفحة حسابك، لذلك لم يتغير شيء.',
    toAccount: 'إلى حسابك',
  },
}

const plural = pluralsOf('ar')

function articles(limit: number): string {
  const forms = {
    one: 'مقال مجاني واحد',
    two: 'مقالين مجانيين',
    few: '# مقالات مجانية',
    other: '# مقالًا مجانيًا',
  }
  return plural(forms, limit).replace('#', String(limit))
}

function again(limit: number, window: keyof typeof windows): string {
  return window === 'rolling' ? 'مقال آخر' : `${articles(limit)} من جديد`
}
