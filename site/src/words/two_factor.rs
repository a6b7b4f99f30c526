//! The second factor: a code from an app, or one of the recovery codes.

use super::words;

words! {
    /// What it is called.
    TWO_FACTOR = "Two-step verification", "Verifikasi dua langkah";
    /// A field.
    CODE = "Code", "Kode";
    /// What is a code.
    ANY_CODE_HINT = "The 6 digits that your authenticator app shows now, or one of your recovery codes.",
        "6 angka yang ditampilkan aplikasi autentikator sekarang, atau salah satu kode pemulihan Anda.";
    /// A title.
    SECOND_STEP = "One more step", "Satu langkah lagi";
    /// A button.
    SECOND_STEP_DO = "Sign in", "Masuk";
    /// What to do without the phone.
    NO_PHONE = "Without your phone, use a recovery code: each is good once.",
        "Jika ponsel tidak ada, pakai kode pemulihan: setiap kode berlaku satu kali.";
    /// Back to address and password.
    START_AGAIN = "Start again with another account", "Mulai lagi dengan akun lain";

    /// A title.
    SETUP = "Set up two-step verification", "Siapkan verifikasi dua langkah";
    /// A step.
    SETUP_SCAN = "Scan this picture with an authenticator app, such as Google Authenticator, Aegis or 1Password.",
        "Pindai gambar ini dengan aplikasi autentikator, misalnya Google Authenticator, Aegis, atau 1Password.";
    /// The picture, read aloud.
    SETUP_PICTURE = "QR code with the secret key, which also stands below as text",
        "Kode QR berisi kunci rahasia, yang juga tertulis di bawah sebagai teks";
    /// Instead of the picture.
    SETUP_TYPE = "Cannot scan? Type this key into the app (based on time, 6 digits):",
        "Tidak dapat memindai? Ketik kunci ini di aplikasi (berbasis waktu, 6 angka):";
    /// A step.
    SETUP_CODE = "Type the 6 digits that the app shows now.",
        "Ketik 6 angka yang ditampilkan aplikasi sekarang.";
    /// A button.
    SETUP_DO = "Switch on", "Aktifkan";
    /// It is not on yet.
    SETUP_NEXT = "It is on only after this. Next, you get recovery codes for the day on which the phone is lost.",
        "Baru aktif setelah langkah ini. Berikutnya, Anda menerima kode pemulihan untuk berjaga-jaga jika ponsel hilang.";

    /// A title.
    RECOVERY = "Your recovery codes", "Kode pemulihan Anda";
    /// What they are for.
    RECOVERY_LEAD = "Each of these codes signs you in once when your phone is not at hand. Print them or write them down, and keep them where only you can get them.",
        "Setiap kode dapat dipakai satu kali untuk masuk saat ponsel tidak ada. Cetak atau catat, lalu simpan di tempat yang hanya dapat Anda jangkau.";
    /// Now or never.
    RECOVERY_ONCE = "They are shown only now. Codes from an earlier list are no longer good.",
        "Kode ini hanya ditampilkan sekarang. Kode dari daftar sebelumnya tidak berlaku lagi.";
    /// Whose they are, on paper: the address.
    RECOVERY_WHOSE = "Phoenix recovery codes of {}", "Kode pemulihan Phoenix milik {}";
    /// The list, read aloud.
    RECOVERY_LIST = "Recovery codes", "Kode pemulihan";
    /// The way on.
    RECOVERY_DO = "I have kept them", "Sudah saya simpan";
}
