//! Accounts at brokers that are put away.

use super::words;

words! {
    /// A link.
    RETIRE = "Retire", "Pensiunkan";
    /// A column of links, read aloud.
    DEED = "Action", "Tindakan";
    /// Those that are: their names.
    RETIRED = "Retired: {}. A retired account comes back when an executor reports it again and your plan has room.",
        "Dipensiunkan: {}. Akun yang dipensiunkan muncul kembali saat executor melaporkannya lagi dan paket Anda masih punya tempat.";
    /// A title.
    ASK = "Retire this account?", "Pensiunkan akun ini?";
    /// What happens: the account.
    HAPPENS = "{} leaves the dashboard, the list of accounts and the sum of your equity, and no longer takes a place of your plan. Commands and strategies can no longer name it. Its deals stay in your reports.",
        "{} hilang dari dasbor, daftar akun, dan jumlah equity Anda, dan tidak lagi memakai tempat di paket Anda. Perintah dan strategi tidak dapat lagi memilihnya. Deal-nya tetap ada di laporan Anda.";
    /// What is reported to be open.
    OPEN_ONE = "By the last report 1 position is open there. It stays open at the broker, and Phoenix no longer shows it.",
        "Menurut laporan terakhir, 1 posisi masih terbuka di sana. Posisi itu tetap terbuka di broker, dan Phoenix tidak lagi menampilkannya.";
    /// What is reported to be open: the count.
    OPEN_MANY = "By the last report {} positions are open there. They stay open at the broker, and Phoenix no longer shows them.",
        "Menurut laporan terakhir, {} posisi masih terbuka di sana. Posisi-posisi itu tetap terbuka di broker, dan Phoenix tidak lagi menampilkannya.";
    /// How it is undone.
    COMES_BACK = "It comes back by itself when an executor reports it again and your plan has room. To retire it for good, remove it from that executor first.",
        "Akun ini muncul kembali dengan sendirinya saat executor melaporkannya lagi dan paket Anda masih punya tempat. Agar tidak muncul lagi, hapus dulu akun ini dari executor tersebut.";
    /// A button.
    DO = "Retire this account", "Pensiunkan akun ini";
    /// A link.
    BACK = "Accounts and executors", "Akun dan executor";
    /// Why not, what next.
    LIVE = "A strategy is live on this account, so it was not retired. Deactivate the strategy, or let it trade on another account, then retire this one.",
        "Ada strategi yang live di akun ini, jadi akun tidak dipensiunkan. Nonaktifkan strateginya, atau pindahkan ke akun lain, lalu pensiunkan akun ini.";
    /// Why not, what next.
    TOO_MANY = "200 accounts are retired already, which is the most, so this one was not retired. Write to whoever runs this installation.",
        "Sudah ada 200 akun yang dipensiunkan, yaitu batasnya, jadi akun ini tidak dipensiunkan. Hubungi pengelola instalasi ini.";
}
