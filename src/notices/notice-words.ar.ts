import type { NoticeCatalogue } from './notice-words.ts'

export const arabicNotices: NoticeCatalogue = {
  direction: 'rtl',
  notices: {
    welcome: ({ paper, plan, agreedOn, withdrawUntil }) => ({
      subject: `شكرًا لاشتراكك في ${paper}`,
      before: [`لقد اشتركت في ${plan}. هذه هي الشروط التي وافقت عليها في ${agreedOn}:`],
      after: [
        howToCancel,
        ...(withdrawUntil === null
          ? []
          : [
              `يمكنك أيضًا الرجوع عن العقد حتى ${withdrawUntil} دون إبداء أي سبب: اختر «الرجوع عن العقد» في حسابك.`,
            ]),
        'احتفظ بهذه الرسالة، فهي إثبات عملية الشراء.',
      ],
    }),
    intro_ends: (facts) => ({
      subject: `ينتهي سعرك الترحيبي في ${facts.introEndsOn}`,
      before: [
        `ينتهي سعرك الترحيبي لاشتراك ${facts.plan} في ${facts.paper} يوم ${facts.introEndsOn}. ويسري بعد ذلك السعر العادي: ${facts.regular}.`,
        'إذا كان ذلك يناسبك فلا يلزمك فعل أي شيء.',
      ],
      after: [`إذا ألغيت قبل ${facts.next?.on ?? facts.introEndsOn} فلن تدفع السعر العادي. ${howToCancel}`],
    }),
    yearly: ({ paper, plan, since }) => ({
      subject: `اشتراكك في ${paper}: التذكير السنوي`,
      before: [`أنت مشترك منذ ${since}. يتجدد اشتراكك ${plan} في ${paper} تلقائيًا إلى أن تلغيه.`],
      after: [howToCancel],
    }),
    canceled: ({ paper, plan, endsOn }) => ({
      subject: 'أُلغي اشتراكك',
      before: [`لقد ألغيت ${plan} في ${paper}. يمكنك القراءة حتى ${endsOn}، ولن تدفع شيئًا بعد ذلك.`],
      after: ['هل غيّرت رأيك؟ يمكنك التراجع عن الإلغاء في حسابك حتى ذلك اليوم.'],
    }),
    payment_failed: ({ paper, plan, readUntil }) => ({
      subject: 'لم تتم عملية الدفع',
      before: [
        `تعذّر تحصيل المبلغ المستحق عن ${plan} في ${paper}. سنحاول مرة أخرى في الأيام القادمة.`,
        readUntil === null
          ? 'لا يمكنك متابعة القراءة قبل أن تتم عملية الدفع.'
          : `يمكنك في هذه الأثناء متابعة القراءة حتى ${readUntil}.`,
      ],
      after: ['إذا تغيّرت بطاقتك أو انتهت صلاحيتها فاختر «تغيير البطاقة» في حسابك.'],
    }),
    refunded: ({ paper, plan }) => ({
      subject: 'أُعيد إليك المبلغ الذي دفعته',
      before: [
        `لقد أعدنا إليك آخر مبلغ دفعته عن ${plan} في ${paper}. ويظهر عادةً في حسابك المصرفي خلال خمسة إلى عشرة أيام.`,
      ],
      after: [],
    }),
    withdrawn: ({ paper, plan }) => ({
      subject: 'رجوعك عن العقد',
      before: [
        `لقد رجعت عن اشتراكك ${plan} في ${paper}. انتهى الاشتراك، ولن تدفع أي مبلغ آخر.`,
        'إذا كنت قد دفعت ثمن مدة لم تستفد منها فسيُعاد المبلغ إلى بطاقتك، ويظهر عادةً في حسابك المصرفي خلال خمسة إلى عشرة أيام.',
      ],
      after: ['احتفظ بهذه الرسالة، فهي إثبات رجوعك عن العقد.'],
    }),
  },
  gift: ({ paper, plan, months, agreedOn }) => ({
    subject: `هديتك: ${paper}، ${months}`,
    before: [
      `لقد اشتريت ${plan} في ${paper} هدية مدتها ${months}. هذه هي الشروط التي وافقت عليها في ${agreedOn}:`,
    ],
    after: [
      'أرسل الرابط إلى من تريد إهداءه. يمكن استخدامه مرة واحدة: أول من يفتحه يمكنه قبول الهدية.',
      'تجد الرابط في حسابك أيضًا، وتعرف هناك إن كان قد استُخدم. احتفظ بهذه الرسالة، فهي إثبات عملية الشراء.',
    ],
  }),
  labels: {
    next: 'الدفعة التالية',
    regular: 'السعر العادي',
    terms: 'الشروط',
    account: 'إلى حسابك',
    giftLink: 'الرابط الذي تعطيه',
  },
  on: (amount, date) => `${amount} في ${date}`,
  why: (paper) => `تصلك هذه الرسالة بسبب اشتراكك في ${paper}. وهي ليست إعلانًا.`,
  whyGift: (paper) => `تصلك هذه الرسالة لأنك اشتريت هدية من ${paper}. وهي ليست إعلانًا.`,
}

const howToCancel =
  'يمكنك الإلغاء في أي وقت بنقرتين: اختر «إلغاء الاشتراك» في حسابك. وتبقى لك المدة التي دفعت ثمنها حتى نهايتها.'
