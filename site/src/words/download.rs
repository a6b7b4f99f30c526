//! What can be downloaded.

use super::words;

words! {
    /// A section.
    TITLE = "Downloads", "Unduhan";
    /// What to do with it.
    LEAD = "Install the executor on the Windows computer where MetaTrader 5 runs, start it, and approve the code that it shows.",
        "Pasang executor di komputer Windows tempat MetaTrader 5 berjalan, buka programnya, lalu setujui kode yang ditampilkan.";
    /// A program.
    EXECUTOR = "Executor for Windows", "Executor untuk Windows";
    /// What it is.
    EXECUTOR_HINT = "Runs your active strategies and gives MetaTrader the orders.",
        "Menjalankan strategi aktif Anda dan meneruskan order ke MetaTrader.";
    /// A program.
    EXPERT = "Expert Advisor for MetaTrader 5", "Expert Advisor untuk MetaTrader 5";
    /// What it is.
    EXPERT_HINT = "Unpack it into MetaTrader's MQL5 folder (File, Open Data Folder), compile Phoenix.mq5 in MetaEditor, and drop it on a chart.",
        "Ekstrak ke folder MQL5 milik MetaTrader (File, Open Data Folder), kompilasi Phoenix.mq5 di MetaEditor, lalu pasang di chart.";
    /// A link.
    DOWNLOAD = "Download", "Unduh";
    /// A file's name.
    FILE = "File", "Berkas";
    /// A file: its version, its megabytes.
    FACTS = "version {}, {} MB", "versi {}, {} MB";
    /// Of an executor: its version. A newer one can be downloaded.
    OLD = "Version {}; a newer one is below", "Versi {}; versi baru tersedia di bawah";
}
