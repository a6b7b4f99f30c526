//! What is around every page. Where the app says the same, it says it in the same words.

use super::words;

words! {
    /// The first link of a page, for those who go by keyboard.
    SKIP = "Skip to content", "Langsung ke isi";
    /// The main navigation.
    NAVIGATION = "Main", "Utama";
    /// The page where strategies are made.
    LAB = "Lab", "Lab";
    /// What is going on now.
    DASHBOARD = "Dashboard", "Dasbor";
    /// What trades.
    STRATEGIES = "Strategies", "Strategi";
    /// What was earned.
    REPORTS = "Reports", "Laporan";
    /// What was told to executors.
    COMMANDS = "Commands", "Perintah";
    /// What carries it out.
    EXECUTORS = "Executors", "Executor";
    /// What one is told.
    NOTIFICATIONS = "Notifications", "Notifikasi";
    /// How many of them are new, read aloud.
    UNREAD = "{} unread notifications", "{} notifikasi belum dibaca";
    /// The same of one.
    ONE_UNREAD = "1 unread notification", "1 notifikasi belum dibaca";
    /// The same of more than are counted: how many are.
    MORE_UNREAD = "more than {} unread notifications", "lebih dari {} notifikasi belum dibaca";
    /// Opens the list of pages on a phone.
    MENU = "Menu", "Menu";
    /// Opens what belongs to the account.
    ACCOUNT_MENU = "Account", "Akun";
    /// One's own account.
    ACCOUNT = "Account", "Akun";
    /// What one has and pays.
    PLAN = "Plan", "Paket";
    /// What has a key of the account.
    DEVICES = "Devices", "Perangkat";
    /// What can be had.
    PLANS = "Plans", "Paket";
    /// The pages of the staff.
    ADMINISTRATION = "Administration", "Administrasi";
    /// The way in.
    SIGN_IN = "Sign in", "Masuk";
    /// The way out.
    SIGN_OUT = "Sign out", "Keluar";
    /// The way to an account.
    REGISTER = "Create account", "Buat akun";
    /// Whose page this is, read aloud.
    SIGNED_IN_AS = "Signed in as", "Masuk sebagai";
    /// The choice of a language.
    LANGUAGE = "Language", "Bahasa";
    /// The choice of colours.
    THEME = "Colours", "Warna";
    /// Light on dark.
    DARK = "Dark", "Gelap";
    /// Dark on light.
    LIGHT = "Light", "Terang";
    /// As the system has it.
    SYSTEM = "System", "Sistem";
    /// The notice below every page.
    RISK = "A backtest is no promise: past results say what would have happened, never what will. Trading with leverage can lose money quickly.",
        "Backtest bukan janji: hasilnya menunjukkan apa yang mungkin terjadi di masa lalu, bukan apa yang akan datang. Trading dengan leverage dapat menghabiskan uang dengan cepat.";
    /// Before the title of a page on which something was refused.
    REFUSED = "Error: {}", "Kesalahan: {}";
    /// Between the parts of a title.
    TITLE = "{} · Phoenix", "{} · Phoenix";
    /// Goes back from a question without doing anything.
    CANCEL = "Cancel", "Batal";
    /// Where the log says more.
    REFERENCE = "Reference {}.", "Referensi {}.";
}
