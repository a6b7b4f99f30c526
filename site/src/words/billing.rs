//! The plans: prices, what is charged when, how it stands.

use super::words;

words! {
    /// What is shown wherever plans are while they cost nothing.
    TEST_MODE = "Test mode: no payment provider is set up. Nothing is charged.",
        "Mode uji: penyedia pembayaran belum disiapkan. Tidak ada yang ditagih.";

    /// What the page is called outside of it.
    PRICING = "Plans and prices", "Paket dan harga";
    /// What it is about.
    HEADLINE = "Test your trading idea before you trust it with money",
        "Uji ide trading Anda sebelum mempertaruhkan uang";
    /// The same with a few words more.
    LEAD = "Phoenix shows what a strategy would have done, honestly and at once. The Lab is open to everyone, without an account.",
        "Phoenix menunjukkan bagaimana hasil sebuah strategi di masa lalu, secara jujur dan seketika. Lab terbuka untuk siapa saja, tanpa akun.";
    /// A link.
    OPEN_LAB = "Open the Lab", "Buka Lab";
    /// What one does with it, read aloud.
    STEPS = "How it works", "Cara kerjanya";
    /// A step.
    DESIGN = "Design a strategy", "Rancang strategi";
    /// What is in it.
    DESIGN_HOW = "Out of blocks that read as sentences. No code.",
        "Dari blok yang terbaca seperti kalimat. Tanpa kode.";
    /// A step.
    SEE = "See at once how it would have done", "Langsung lihat hasilnya di masa lalu";
    /// What is in it.
    SEE_HOW = "On real price history, with spread, commission and swap counted. Change a number, and the result follows.",
        "Pada riwayat harga nyata, dengan spread, komisi, dan swap diperhitungkan. Ubah satu angka, hasilnya ikut berubah.";
    /// A step.
    CHECK = "Check whether it was luck", "Periksa apakah itu hanya kebetulan";
    /// What is in it.
    CHECK_HOW = "Vary its numbers, and try it on history that you did not use to find it. What holds only once was luck.",
        "Ubah-ubah angkanya, lalu coba pada riwayat yang tidak dipakai saat mencarinya. Yang hanya berhasil sekali adalah kebetulan.";
    /// A step.
    TRADE = "Let it trade", "Biarkan strategi berjalan";
    /// What is in it.
    TRADE_HOW = "Coming: on your own MetaTrader 5, by the rules that you tested. Your money stays with your broker.",
        "Segera hadir: di MetaTrader 5 Anda sendiri, dengan aturan yang sudah Anda uji. Uang Anda tetap di broker Anda.";
    /// The notice where money can be lost.
    RISK_NAME = "What Phoenix cannot do", "Yang tidak dapat dilakukan Phoenix";
    /// What it says.
    RISK = "It cannot promise a profit, and nobody can. A strategy that did well in the past may lose from tomorrow on. Trading with leverage can cost you everything in your trading account, and quickly. Trade only with money that you can afford to lose.",
        "Phoenix tidak dapat menjanjikan keuntungan; tidak ada yang bisa. Strategi yang dulu bagus bisa saja rugi mulai besok. Trading dengan leverage dapat menghabiskan seluruh isi akun trading Anda, dan bisa terjadi cepat. Gunakan hanya uang yang siap Anda relakan.";

    /// A section.
    PLANS = "Plans", "Paket";
    /// The choice of a currency.
    CURRENCY = "Currency", "Mata uang";
    /// It costs nothing.
    FREE = "Free", "Gratis";
    /// For how long.
    FREE_FOR = "for as long as you like, without a card", "selamanya, tanpa kartu";
    /// A price.
    PER_MONTH = "{} per month", "{} per bulan";
    /// A price.
    PER_YEAR = "{} per year", "{} per tahun";
    /// A price, as a part of a sentence.
    EVERY_MONTH = "{} every month", "{} setiap bulan";
    /// A price, as a part of a sentence.
    EVERY_YEAR = "{} every year", "{} setiap tahun";
    /// The price of a year: what a month of it is.
    A_MONTH = "That is {} per month.", "Setara {} per bulan.";
    /// The same where it is not exact.
    A_MONTH_ROUNDED = "That is about {} per month (rounded).", "Setara sekitar {} per bulan (dibulatkan).";
    /// Free days: how many.
    TRIAL = "First {} days free, once for each account.", "{} hari pertama gratis, satu kali per akun.";
    /// It is not on sale in this currency: the code.
    NOT_IN_CURRENCY = "Not sold in {}.", "Tidak dijual dalam {}.";
    /// A link: goes where it can be bought.
    CHOOSE = "Choose", "Pilih";
    /// What is chosen, read aloud: the plan.
    WHICH_PLAN = "the plan {}", "paket {}";
    /// What is chosen, read aloud: the plan, the price.
    WHICH_OFFER = "{}, {}", "{}, {}";
    /// What one has.
    YOURS = "Your plan", "Paket Anda";

    /// A section.
    PAYING = "How paying works", "Cara pembayaran";
    /// What a trial is.
    PAYING_TRIAL = "Trial: where a plan in USD says so, your first one begins with free days. Cancel before they are over and nothing is charged; otherwise your card is charged when they end.",
        "Uji coba: jika tertera pada paket dalam USD, paket pertama Anda diawali masa gratis. Jika Anda membatalkan sebelum masa itu habis, tidak ada tagihan; jika tidak, kartu Anda ditagih saat masa gratis berakhir.";
    /// What a subscription is.
    PAYING_CARD = "In USD: by card, through Stripe. It is renewed every month or year until you cancel, and you can cancel at any time: the plan then counts until the end of what is paid.",
        "Dalam USD: dengan kartu, melalui Stripe. Diperpanjang setiap bulan atau tahun sampai Anda membatalkan, dan Anda dapat membatalkan kapan saja: paket tetap berlaku sampai akhir masa yang sudah dibayar.";
    /// What a one-off payment is.
    PAYING_ONCE = "In IDR: through Midtrans, a single payment for 31 or 366 days. It has no trial and is not renewed by itself.",
        "Dalam IDR: melalui Midtrans, satu kali bayar untuk 31 atau 366 hari. Tanpa uji coba dan tidak diperpanjang otomatis.";
    /// Nothing of what was saved is lost.
    PAYING_KEPT = "Whatever happens to a plan, nothing that you have saved is deleted.",
        "Apa pun yang terjadi dengan paket Anda, yang sudah Anda simpan tidak dihapus.";

    /// What is charged when: nothing, for so many days.
    TEST_TERMS = "Test mode: it counts at once, for {} days. Nothing is charged, and nothing is renewed.",
        "Mode uji: langsung berlaku selama {} hari. Tidak ada yang ditagih, dan tidak diperpanjang.";
    /// What is charged when: how many days, then how much.
    TRIAL_TERMS = "Free for {} days. Then your card is charged {}, until you cancel. Cancel before that and nothing is charged.",
        "Gratis selama {} hari. Setelah itu kartu Anda ditagih {}, sampai Anda membatalkan. Jika dibatalkan sebelumnya, tidak ada tagihan.";
    /// What is charged when: how much.
    RENEWED_TERMS = "Your card is charged {}, from today until you cancel.",
        "Kartu Anda ditagih {}, mulai hari ini sampai Anda membatalkan.";
    /// What is charged when: how much, for how many days.
    ONCE_TERMS = "A single payment of {} through Midtrans, for {} days. It has no trial and is not renewed by itself.",
        "Satu kali bayar {} melalui Midtrans, untuk {} hari. Tanpa uji coba dan tidak diperpanjang otomatis.";
    /// What is charged when: how much, for how many days, to who has paid for some.
    EXTEND_TERMS = "A single payment of {} through Midtrans, for {} days more: they are added to what you have paid. It is not renewed by itself.",
        "Satu kali bayar {} melalui Midtrans, untuk tambahan {} hari: ditambahkan ke masa yang sudah Anda bayar. Tidak diperpanjang otomatis.";
    /// What is charged when: a change to something that costs more.
    CHANGE_UP = "It counts at once, in place of your plan. Your card is charged the difference now.",
        "Langsung berlaku menggantikan paket Anda. Selisihnya ditagih ke kartu Anda sekarang.";
    /// What is charged when: a change to something that costs less.
    CHANGE_DOWN = "It counts at once, in place of your plan. What you have paid too much is credited to your next invoices.",
        "Langsung berlaku menggantikan paket Anda. Kelebihan bayar dikreditkan ke tagihan berikutnya.";
    /// What is charged when: a change from something that is not on sale.
    CHANGE_ANY = "It counts at once, in place of your plan. If it costs more, your card is charged the difference now; if it costs less, the difference is credited to your next invoices.",
        "Langsung berlaku menggantikan paket Anda. Jika lebih mahal, selisihnya ditagih ke kartu Anda sekarang; jika lebih murah, selisihnya dikreditkan ke tagihan berikutnya.";
    /// What comes after a change: how much.
    CHANGE_THEN = "After that, {}, until you cancel.", "Setelah itu {}, sampai Anda membatalkan.";
    /// What comes after a change, to who has cancelled.
    CHANGE_STAYS = "Your cancellation stays: it is not renewed.",
        "Pembatalan Anda tetap berlaku: tidak diperpanjang.";
    /// What becomes of a one-off payment for another plan.
    ONCE_BESIDE = "What you have paid already is not lost: the larger plan counts first, and the rest of the other one after it.",
        "Masa yang sudah Anda bayar tidak hilang: paket yang lebih besar berlaku dulu, lalu sisa paket yang lain.";
    /// What becomes of a one-off payment beside a subscription.
    ONCE_PASSES = "The time that you have paid through Midtrans passes meanwhile and is not added.",
        "Masa yang sudah Anda bayar melalui Midtrans tetap berjalan dan tidak ditambahkan.";
    /// It is what one has.
    IS_YOURS = "This is what you have.", "Ini yang sedang Anda pakai.";
    /// What is charged when, to who is on trial: how much.
    CHANGE_TRIAL_TERMS = "It counts at once, and your trial goes on. When the trial ends, your card is charged {}, until you cancel.",
        "Langsung berlaku, dan uji coba Anda berlanjut. Saat uji coba berakhir, kartu Anda ditagih {}, sampai Anda membatalkan.";
    /// What is charged when, to who has cancelled a trial.
    CHANGE_TRIAL_ENDING_TERMS = "It counts at once, until your trial ends. Your cancellation stays: nothing is charged.",
        "Langsung berlaku sampai uji coba Anda berakhir. Pembatalan Anda tetap berlaku: tidak ada tagihan.";
    /// A button.
    TRIAL_DO = "Start the trial", "Mulai uji coba";
    /// A button.
    RENEWED_DO = "Subscribe", "Berlangganan";
    /// A button.
    ONCE_DO = "Pay once", "Bayar sekali";
    /// A button.
    EXTEND_DO = "Extend", "Perpanjang";
    /// A button.
    CHANGE_DO = "Change to this", "Ganti ke paket ini";
    /// There is nothing to be bought.
    NO_PLANS = "Nothing is on sale here.", "Tidak ada paket yang dijual di sini.";
    /// What to do then.
    NO_PLANS_HINT = "This installation sells no plans in this currency. Choose another one, or stay with what you have.",
        "Instalasi ini tidak menjual paket dalam mata uang ini. Pilih mata uang lain, atau tetap pakai paket Anda sekarang.";
    /// There is an invoice that is not paid.
    SETTLE_FIRST = "Before you choose a plan, pay the open invoice or cancel, under \u{201c}Cards and invoices\u{201d} above.",
        "Sebelum memilih paket, bayar dulu tagihan yang belum lunas atau batalkan, di \u{201c}Kartu dan tagihan\u{201d} di atas.";

    /// A title.
    PLAN = "Your plan", "Paket Anda";
    /// What the page is for.
    PLAN_LEAD = "What you have, what you use of it, and what else there is.",
        "Paket Anda, pemakaiannya, dan pilihan lainnya.";
    /// They come from paying.
    WAITS = "We are waiting for the payment provider to confirm your payment. This mostly takes less than a minute: reload in a moment. Do not pay again.",
        "Kami menunggu konfirmasi pembayaran dari penyedia. Biasanya kurang dari satu menit: muat ulang sebentar lagi. Jangan bayar lagi.";
    /// A link.
    RELOAD = "Reload", "Muat ulang";
    /// A section.
    NOW = "Now", "Saat ini";
    /// What it is for.
    NOW_LEAD = "The plan that counts, until when, and what happens then.",
        "Paket yang berlaku, sampai kapan, dan apa yang terjadi setelahnya.";
    /// A section.
    USAGE = "What you use", "Pemakaian";
    /// What it is for.
    USAGE_LEAD = "Daily counts start again at midnight UTC.",
        "Hitungan harian dimulai lagi pukul 00.00 UTC (07.00 WIB).";
    /// How much of how much.
    OF = "{} of {}", "{} dari {}";
    /// How much, where there is no limit.
    NO_LIMIT = "{}, no limit", "{}, tanpa batas";
    /// Little is left.
    NEAR = "Almost used up.", "Hampir habis.";
    /// Nothing is left.
    FULL = "Used up. For more, make room or choose a larger plan.",
        "Sudah habis. Untuk menambah, kurangi yang ada atau pilih paket yang lebih besar.";
    /// Nothing is left for today.
    FULL_TODAY = "Used up for today.", "Sudah habis untuk hari ini.";
    /// More is there than is allowed.
    OVER = "More than this plan allows. Nothing is deleted, but no more can be added.",
        "Melebihi batas paket ini. Tidak ada yang dihapus, tetapi tidak dapat ditambah.";

    /// A button.
    PORTAL_DO = "Cards and invoices", "Kartu dan tagihan";
    /// What it does.
    PORTAL_HINT = "Opens the page of our payment provider.", "Membuka halaman penyedia pembayaran kami.";
    /// A button.
    RESUME_DO = "Keep the plan", "Lanjutkan paket";
    /// What it does, to who has paid.
    RESUME_HINT = "The plan is then renewed at the end of its period, and your card is charged.",
        "Paket kemudian diperpanjang di akhir periodenya, dan kartu Anda ditagih.";
    /// What it does, to who is on trial.
    RESUME_TRIAL_HINT = "When the trial ends, your card is then charged.",
        "Saat uji coba berakhir, kartu Anda kemudian ditagih.";
    /// Opens the question.
    CANCEL_OPEN = "Cancel the plan", "Batalkan paket";
    /// What it means.
    CANCEL_WHAT = "The plan counts until the end of what is paid, and is not renewed. After that, the free plan counts. Nothing that you have saved is deleted.",
        "Paket berlaku sampai akhir masa yang sudah dibayar, dan tidak diperpanjang. Setelah itu, paket gratis berlaku. Yang sudah Anda simpan tidak dihapus.";
    /// What it means on trial.
    CANCEL_TRIAL = "The plan counts until the end of the trial, and nothing is charged. After that, the free plan counts. Nothing that you have saved is deleted.",
        "Paket berlaku sampai akhir masa uji coba, dan tidak ada tagihan. Setelah itu, paket gratis berlaku. Yang sudah Anda simpan tidak dihapus.";
    /// What it means where the last payment failed.
    CANCEL_PAST_DUE = "The plan is not renewed any more. What was not paid so far may still be asked for; see \u{201c}Cards and invoices\u{201d}. Nothing that you have saved is deleted.",
        "Paket tidak diperpanjang lagi. Tagihan yang belum lunas mungkin masih diminta; lihat \u{201c}Kartu dan tagihan\u{201d}. Yang sudah Anda simpan tidak dihapus.";
    /// What it means in test mode.
    CANCEL_TEST = "The plan ends at once, and the free plan counts. Nothing that you have saved is deleted.",
        "Paket langsung berakhir, dan paket gratis berlaku. Yang sudah Anda simpan tidak dihapus.";
    /// A button.
    CANCEL_DO = "Cancel the plan", "Batalkan paket";

    /// How it stands.
    IS_FREE = "It costs nothing and does not end.", "Gratis dan tidak berakhir.";
    /// How it stands: until when.
    IS_TRIAL = "Your trial ends on {}. Then your card is charged, unless you cancel before.",
        "Uji coba Anda berakhir pada {}. Setelah itu kartu Anda ditagih, kecuali Anda membatalkan sebelumnya.";
    /// The same without a time.
    IS_TRIAL_OPEN = "You are on trial. When it ends your card is charged, unless you cancel before.",
        "Anda dalam masa uji coba. Saat berakhir kartu Anda ditagih, kecuali Anda membatalkan sebelumnya.";
    /// How it stands: until when.
    IS_TRIAL_ENDING = "Your trial ends on {}. You have cancelled: nothing is charged.",
        "Uji coba Anda berakhir pada {}. Anda sudah membatalkan: tidak ada tagihan.";
    /// The same without a time.
    IS_TRIAL_ENDING_OPEN = "You are on trial. You have cancelled: nothing is charged when it ends.",
        "Anda dalam masa uji coba. Anda sudah membatalkan: tidak ada tagihan saat berakhir.";
    /// How it stands: until when.
    IS_TRIAL_TEST = "Your trial ends on {}. Nothing is charged.",
        "Uji coba Anda berakhir pada {}. Tidak ada yang ditagih.";
    /// The same without a time.
    IS_TRIAL_TEST_OPEN = "You are on trial. Nothing is charged when it ends.",
        "Anda dalam masa uji coba. Tidak ada yang ditagih saat berakhir.";
    /// How it stands: until when.
    IS_ACTIVE = "Paid until {}. It is then renewed, and your card is charged.",
        "Sudah dibayar sampai {}. Setelah itu diperpanjang, dan kartu Anda ditagih.";
    /// The same without a time.
    IS_ACTIVE_OPEN = "Paid. At the end of the period it is renewed, and your card is charged.",
        "Sudah dibayar. Di akhir periode diperpanjang, dan kartu Anda ditagih.";
    /// How it stands: until when.
    IS_RENEWING = "The period ended on {}, and the payment provider has not yet told us of the renewal. Your plan counts meanwhile; there is nothing for you to do.",
        "Periode berakhir pada {}, dan penyedia pembayaran belum mengabarkan perpanjangannya. Sementara itu paket Anda tetap berlaku; Anda tidak perlu melakukan apa pun.";
    /// The same without a time.
    IS_RENEWING_OPEN = "The period is over, and the payment provider has not yet told us of the renewal. Your plan counts meanwhile; there is nothing for you to do.",
        "Periode sudah habis, dan penyedia pembayaran belum mengabarkan perpanjangannya. Sementara itu paket Anda tetap berlaku; Anda tidak perlu melakukan apa pun.";
    /// How it stands: until when.
    IS_ENDING = "Paid until {}. It is not renewed and nothing more is charged; after that, the free plan counts.",
        "Sudah dibayar sampai {}. Tidak diperpanjang dan tidak ada tagihan lagi; setelah itu paket gratis berlaku.";
    /// The same without a time.
    IS_ENDING_OPEN = "Paid. It is not renewed and nothing more is charged; at the end, the free plan counts.",
        "Sudah dibayar. Tidak diperpanjang dan tidak ada tagihan lagi; setelah berakhir, paket gratis berlaku.";
    /// How it stands: until when.
    IS_ENDING_TEST = "It counts until {}. Nothing was charged and nothing is renewed; after that, the free plan counts.",
        "Berlaku sampai {}. Tidak ada yang ditagih dan tidak diperpanjang; setelah itu paket gratis berlaku.";
    /// The same without a time.
    IS_ENDING_TEST_OPEN = "It counts for a time. Nothing was charged and nothing is renewed; after that, the free plan counts.",
        "Berlaku untuk sementara. Tidak ada yang ditagih dan tidak diperpanjang; setelah itu paket gratis berlaku.";
    /// How it stands: until when.
    IS_PAST_DUE = "Your last payment failed. The plan still counts until {}; until then the payment is tried again. Check your card.",
        "Pembayaran terakhir Anda gagal. Paket masih berlaku sampai {}; sampai saat itu pembayaran dicoba lagi. Periksa kartu Anda.";
    /// The same without a time.
    IS_PAST_DUE_OPEN = "Your last payment failed. The plan still counts for a few days, while the payment is tried again. Check your card.",
        "Pembayaran terakhir Anda gagal. Paket masih berlaku beberapa hari, selama pembayaran dicoba lagi. Periksa kartu Anda.";
    /// How it stands.
    IS_UNPAID = "Your last payment failed, and the time to make up for it is over: the free plan counts. Nothing that you have saved is deleted. Once the open invoice is paid, your plan is back.",
        "Pembayaran terakhir Anda gagal dan masa tenggangnya sudah habis: paket gratis berlaku. Yang sudah Anda simpan tidak dihapus. Setelah tagihan yang belum lunas dibayar, paket Anda kembali berlaku.";
    /// How it stands.
    IS_REVERSED = "The money of your payment went back to you, so the plan does not count any more: the free plan does. Nothing that you have saved is deleted.",
        "Uang pembayaran Anda sudah dikembalikan, jadi paketnya tidak berlaku lagi: paket gratis yang berlaku. Yang sudah Anda simpan tidak dihapus.";
    /// How it stands.
    IS_ENDED = "What you had is over: the free plan counts. Nothing that you have saved is deleted.",
        "Paket Anda sebelumnya sudah berakhir: paket gratis berlaku. Yang sudah Anda simpan tidak dihapus.";
    /// How often it is renewed.
    BY_MONTH = "by the month", "per bulan";
    /// How often it is renewed.
    BY_YEAR = "by the year", "per tahun";
    /// Who took the money: the name.
    PAID_THROUGH = "Paid through {}.", "Dibayar melalui {}.";

    /// It was refused.
    NOT_SOLD = "This is not on sale, or there is nothing to be changed, so nothing was charged. Choose from what is listed below.",
        "Pilihan ini tidak dijual, atau tidak ada yang perlu diubah, jadi tidak ada yang ditagih. Pilih dari daftar di bawah.";
    /// It was refused.
    OTHER_CURRENCY = "A running subscription keeps its currency, so nothing was changed and nothing was charged. Choose a price in the currency that you pay in; or cancel, and subscribe anew once the plan is over.",
        "Langganan yang berjalan tetap memakai mata uangnya, jadi tidak ada yang diubah dan tidak ada yang ditagih. Pilih harga dalam mata uang yang Anda pakai membayar; atau batalkan, lalu berlangganan lagi setelah paket berakhir.";
    /// Another page of the same account is being attended to.
    BUSY = "Another page of your account is opening a payment right now, so nothing was begun here. Go on there, or try again in three minutes.",
        "Halaman lain dari akun Anda sedang membuka pembayaran, jadi di sini tidak ada yang dimulai. Lanjutkan di sana, atau coba lagi tiga menit lagi.";
    /// A payment in rupiah can still be made.
    OPEN = "A payment in rupiah that you began can still be made, so nothing more was begun: you would pay twice for the same days. Finish it there, or try again once its page has closed, which is an hour after it was opened.",
        "Pembayaran rupiah yang Anda mulai masih bisa diselesaikan, jadi tidak ada yang dimulai lagi: Anda akan membayar dua kali untuk hari yang sama. Selesaikan di sana, atau coba lagi setelah halamannya tertutup, yaitu satu jam setelah dibuka.";
    /// Many payments were begun.
    OFTEN = "You have begun many payments in rupiah within an hour, so no other was begun and nothing was charged. Finish one of those, or try again in an hour.",
        "Anda sudah memulai banyak pembayaran rupiah dalam satu jam, jadi tidak ada yang dimulai lagi dan tidak ada yang ditagih. Selesaikan salah satunya, atau coba lagi satu jam lagi.";
    /// It was paid meanwhile.
    PAID = "You have just paid on a page that was still open, so nothing more was begun and nothing was charged twice. Your plan is shown above.",
        "Anda baru saja membayar di halaman yang masih terbuka, jadi tidak ada yang dimulai lagi dan tidak ada yang ditagih dua kali. Paket Anda tertera di atas.";
    /// The provider failed.
    PROVIDER = "The payment provider could not be reached or said no. Nothing was charged. Try again in a few minutes; if it stays, tell us the reference.",
        "Penyedia pembayaran tidak dapat dihubungi atau menolak. Tidak ada yang ditagih. Coba lagi beberapa menit lagi; jika tetap terjadi, sebutkan kode referensinya kepada kami.";
    /// The database failed.
    AWAY = "The database cannot be reached right now. Look at this page again in a minute before you try once more: it then shows what counts.",
        "Basis data sedang tidak dapat dihubungi. Buka lagi halaman ini sebentar lagi sebelum mencoba ulang: di sini akan terlihat apa yang berlaku.";
}
