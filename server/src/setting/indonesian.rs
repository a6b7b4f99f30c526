//! What is wrong with settings, in Indonesian.

use super::{
    Wanted,
    fault::{Fault, What},
};

pub(super) fn head(count: usize) -> String {
    match count {
        1 => "satu pengaturan belum benar".to_owned(),
        _ => format!("{count} pengaturan belum benar"),
    }
}

pub(super) fn what(fault: &Fault) -> String {
    let wanted = fault.wanted().map_or("", wanted);
    match &fault.what {
        What::Other { said: Some(said) } => format!("{said:?} bukan {wanted}"),
        What::Other { said: None } => format!("ini bukan {wanted}"),
        What::Missing => format!("ini harus diisi: {wanted}"),
        What::Beside(other) => format!("karena {other} diisi, ini juga harus diisi: {wanted}"),
        What::NoHome => {
            "tidak ada folder home untuk menyimpan database: sebutkan foldernya".to_owned()
        }
        What::NotBuilt(None) => "aplikasi web belum dibuat, atau tidak berada di samping program \
                                 ini: buat dengan scripts/web, atau sebutkan foldernya"
            .to_owned(),
        What::NotBuilt(Some(folder)) => format!(
            "{} bukan aplikasi web yang sudah dibuat (tidak ada manifest.json): buat dengan \
             scripts/web, atau sebutkan foldernya",
            folder.display()
        ),
        What::NobodyWorks => "dengan SQLite tidak ada proses lain yang dapat mengerjakan tugas \
                              latar belakang, misalnya mengirim email: hapus pengaturan ini, atau \
                              gunakan PostgreSQL (database_url)"
            .to_owned(),
        What::Kind => {
            format!("jenis nilainya keliru: yang diperlukan adalah {wanted}, sebagai teks")
        }
        What::Twice => "ini tertulis dua kali di dalam file".to_owned(),
        What::Unknown(Some(near)) => {
            format!("tidak ada pengaturan dengan nama ini. Maksud Anda {near:?}?")
        }
        What::Unknown(None) => {
            "tidak ada pengaturan dengan nama ini; daftar lengkapnya di docs/configuration.md"
                .to_owned()
        }
        What::Unreadable(why) => format!("file tidak dapat dibaca: {why}"),
        What::TooLarge => "file terlalu besar untuk file pengaturan".to_owned(),
        What::NotToml { line, why } => format!("baris {line} bukan TOML: {why}"),
        What::NamedFile(path, why) => format!("{} tidak dapat dibaca: {why}", path.display()),
        What::Content(path, why) => format!("di {}: {why}", path.display()),
        What::EmptySecret(path) => format!("{} kosong", path.display()),
        What::VaultReference => {
            "rahasia di Vault ditulis seperti vault:secret/phoenix#stripe_key".to_owned()
        }
        What::VaultUnset => {
            "untuk membaca Vault, VAULT_ADDR (https://, atau http:// di mesin ini) dan VAULT_TOKEN \
             harus diisi"
                .to_owned()
        }
        What::Vault(why) => format!("Vault tidak memberikannya: {why}"),
    }
}

fn wanted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Listen => "alamat dan port, seperti 127.0.0.1:8080",
        Wanted::Folder => "folder",
        Wanted::Host => "nama host tanpa https:// dan tanpa port, seperti lab.example.org",
        Wanted::PublicUrl => "alamat tanpa path, seperti https://lab.example.org",
        Wanted::Proxy => {
            "alamat atau jaringan (bukan jaringan semua alamat), seperti 10.0.0.7 atau 10.0.0.0/24"
        }
        Wanted::Days => "jumlah hari, 0 atau lebih",
        Wanted::Megabytes => "jumlah megabita, 0 atau lebih",
        Wanted::Database => "database, seperti postgres://user@host/nama",
        Wanted::SecretKey => {
            "kunci 64 digit heksadesimal, seperti yang dibuat openssl rand -hex 32"
        }
        Wanted::Smtp => {
            "server email, seperti smtps://user:password@host atau smtp://host:587?tls=required"
        }
        Wanted::Mailbox => "alamat pengirim, seperti Phoenix <phoenix@example.org>",
        Wanted::Switch => "true atau false",
        Wanted::LogFormat => "text atau json",
        Wanted::LogFilter => "filter log, seperti info,tower_http=debug",
        Wanted::Headers => "header, seperti authorization=Bearer abc,x-team=7",
        Wanted::Share => "bagian antara 0 dan 1, seperti 0.05",
        Wanted::Token => "token dengan 16 karakter atau lebih, tanpa spasi",
        Wanted::File => "file",
        Wanted::ProviderKey => "kunci",
        Wanted::BotToken => "token bot, seperti yang diberikan @BotFather",
        Wanted::Endpoint => {
            "alamat yang diawali https:// (http:// hanya di mesin ini), tanpa nama pengguna, ? atau #"
        }
        Wanted::Origin => "awal alamat web, seperti http://10.0.0.7:5678",
    }
}
