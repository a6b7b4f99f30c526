//! The ways into an account: registering, signing in, a forgotten password.

use super::words;

words! {
    /// A field.
    EMAIL = "Email address", "Alamat email";
    /// A field.
    PASSWORD = "Password", "Kata sandi";
    /// A field.
    NEW_PASSWORD = "New password", "Kata sandi baru";
    /// How to choose one: how many characters.
    PASSWORD_HINT = "At least {} characters. A few words that have nothing to do with each other are easy to remember and hard to guess.",
        "Minimal {} karakter. Beberapa kata yang tidak saling berhubungan mudah diingat dan sulit ditebak.";

    /// A title.
    REGISTER = "Create an account", "Buat akun";
    /// What it is for.
    REGISTER_LEAD = "With an account, your strategies and results are kept for you, and you find them on every device.",
        "Dengan akun, strategi dan hasil Anda tersimpan dan dapat dibuka di semua perangkat.";
    /// A button.
    REGISTER_DO = "Create account", "Buat akun";
    /// What comes next.
    REGISTER_NEXT = "We send you a mail with a link. The account is there once you open it.",
        "Kami mengirim email berisi tautan. Akun aktif setelah Anda membukanya.";
    /// The other way.
    HAS_ACCOUNT = "Already have an account?", "Sudah punya akun?";
    /// The other way.
    HAS_ACCOUNT_DO = "Sign in", "Masuk";

    /// A title.
    SENT = "Check your mail", "Periksa email Anda";
    /// What to do: the address.
    REGISTER_SENT = "A mail is on its way to {}. Open the link in it to go on.",
        "Email sedang dikirim ke {}. Buka tautan di dalamnya untuk melanjutkan.";
    /// What to do: the address. The same whether or not there is an account.
    FORGOT_SENT = "If there is an account for {}, a mail is on its way. Open the link in it to set a new password.",
        "Jika ada akun untuk {}, email sedang dikirim. Buka tautan di dalamnya untuk membuat kata sandi baru.";
    /// What to do: the new address.
    EMAIL_CHANGE_SENT = "A mail is on its way to {}. Open the link in it to confirm the new address. Until then, you sign in with the old one.",
        "Email sedang dikirim ke {}. Buka tautan di dalamnya untuk mengonfirmasi alamat baru. Sampai saat itu, Anda masuk dengan alamat lama.";
    /// What to do when it does not come.
    NOTHING_CAME = "Nothing there after a few minutes? Check the spam folder, and that the address is right.",
        "Belum masuk setelah beberapa menit? Periksa folder spam, dan pastikan alamatnya benar.";
    /// Once more.
    SEND_AGAIN = "Send it again", "Kirim ulang";
    /// There is no mail server: what that means.
    IN_OUTBOX = "This installation has no mail server. The mail is in the program\u{2019}s log; administrators also find it under Administration, Mail.",
        "Instalasi ini tidak memiliki server email. Isi email ada di log program; administrator juga menemukannya di Administrasi, Email.";

    /// A title.
    CONFIRM = "Confirm your address", "Konfirmasi alamat Anda";
    /// What will be: the address.
    CONFIRM_LEAD = "The account will be made for {}, and you are signed in on this device.",
        "Akun akan dibuat untuk {}, dan Anda langsung masuk di perangkat ini.";
    /// A field.
    CONFIRM_PASSWORD = "The password that you chose", "Kata sandi yang Anda pilih";
    /// A button.
    CONFIRM_DO = "Confirm and sign in", "Konfirmasi dan masuk";
    /// When it was somebody else.
    CONFIRM_NOT_ME = "If you did not ask for this, close this page: no account is made.",
        "Jika Anda tidak memintanya, tutup halaman ini: akun tidak akan dibuat.";

    /// A title.
    GONE = "This link no longer works", "Tautan ini tidak berlaku lagi";
    /// Why, what next.
    GONE_REGISTRATION = "It was used already, or it is too old. If you have confirmed your address before, sign in. If not, register again and you get a new link.",
        "Tautan sudah dipakai atau sudah terlalu lama. Jika alamat Anda sudah dikonfirmasi, silakan masuk. Jika belum, daftar lagi dan Anda akan menerima tautan baru.";
    /// What next.
    GONE_REGISTRATION_DO = "Register again", "Daftar lagi";
    /// Why, what next.
    GONE_RESET = "It was used already, it is too old, or you have asked for a newer one since. Your password is as it was. Ask for a new link and open it soon.",
        "Tautan sudah dipakai, sudah terlalu lama, atau Anda sudah meminta yang lebih baru. Kata sandi Anda tidak berubah. Minta tautan baru dan segera buka.";
    /// What next.
    GONE_RESET_DO = "Ask for a new link", "Minta tautan baru";
    /// Why, what next.
    GONE_EMAIL_CHANGE = "It was used already, it is too old, or you have asked for a newer one since. Your account page shows the address that holds; there you can ask for the change again.",
        "Tautan sudah dipakai, sudah terlalu lama, atau Anda sudah meminta yang lebih baru. Halaman akun menampilkan alamat yang berlaku; di sana Anda dapat meminta perubahan lagi.";
    /// What next.
    GONE_EMAIL_CHANGE_DO = "Go to your account", "Buka akun Anda";

    /// A title and a button.
    SIGN_IN = "Sign in", "Masuk";
    /// A way out.
    FORGOTTEN = "Forgot your password?", "Lupa kata sandi?";
    /// The other way.
    NO_ACCOUNT = "No account yet?", "Belum punya akun?";
    /// The other way.
    NO_ACCOUNT_DO = "Create one", "Buat akun";

    /// A title.
    FORGOT = "Set a new password", "Buat kata sandi baru";
    /// What will be.
    FORGOT_LEAD = "Type the address of your account. We send you a link with which you choose a new password.",
        "Ketik alamat email akun Anda. Kami mengirim tautan untuk membuat kata sandi baru.";
    /// A button.
    FORGOT_DO = "Send the link", "Kirim tautan";
    /// The other way.
    REMEMBERED = "Back to sign-in", "Kembali ke halaman masuk";

    /// A title.
    RESET = "Choose a new password", "Pilih kata sandi baru";
    /// What will be.
    RESET_LEAD = "The old one stops working, all browsers and devices are signed out, Telegram is disconnected, and webhooks are turned off until you turn them on again.",
        "Kata sandi lama tidak berlaku lagi, semua browser dan perangkat dikeluarkan, Telegram diputuskan, dan webhook dinonaktifkan sampai Anda mengaktifkannya lagi.";
    /// A button.
    RESET_DO = "Save the new password", "Simpan kata sandi baru";

    /// A title.
    EMAIL_CHANGE = "Confirm your new address", "Konfirmasi alamat baru Anda";
    /// What will be.
    EMAIL_CHANGE_LEAD = "From then on, you sign in with the address at which you received this link, and our mails go there.",
        "Setelah itu, Anda masuk dengan alamat yang menerima tautan ini, dan email kami dikirim ke sana.";
    /// A button.
    EMAIL_CHANGE_DO = "Use the new address", "Pakai alamat baru";
    /// When it was somebody else.
    EMAIL_CHANGE_NOT_ME = "If you did not ask for this, close this page: nothing changes.",
        "Jika Anda tidak memintanya, tutup halaman ini: tidak ada yang berubah.";
}
