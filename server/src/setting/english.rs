//! What is wrong with settings, in English.

use super::{
    Wanted,
    fault::{Fault, What},
};

pub(super) fn head(count: usize) -> String {
    match count {
        1 => "a setting is not as it should be".to_owned(),
        _ => format!("{count} settings are not as they should be"),
    }
}

pub(super) fn what(fault: &Fault) -> String {
    let wanted = fault.wanted().map_or("", wanted);
    match &fault.what {
        What::Other { said: Some(said) } => format!("{said:?} is not {wanted}"),
        What::Other { said: None } => format!("this is not {wanted}"),
        What::Missing => format!("this has to be said: {wanted}"),
        What::Beside(other) => format!("with {other}, this has to be said too: {wanted}"),
        What::NoHome => "there is no home folder to keep the database in: name one".to_owned(),
        What::NotBuilt(None) => "the web app was not built, or is not beside this program: build \
                                 it with scripts/web, or name its folder"
            .to_owned(),
        What::NotBuilt(Some(folder)) => format!(
            "{} is no built web app, which has a manifest.json: build it with scripts/web, or name \
             its folder",
            folder.display()
        ),
        What::NobodyWorks => "on SQLite no other process may do the background work, such as \
                              sending mail: leave this out, or use PostgreSQL (database_url)"
            .to_owned(),
        What::Kind => format!("this is of another kind: {wanted} is wanted, as text"),
        What::Twice => "this stands twice in the file".to_owned(),
        What::Unknown(Some(near)) => format!("there is no such setting. Did you mean {near:?}?"),
        What::Unknown(None) => {
            "there is no such setting; docs/configuration.md lists all".to_owned()
        }
        What::Unreadable(why) => format!("the file cannot be read: {why}"),
        What::TooLarge => "the file is too large for one of settings".to_owned(),
        What::NotToml { line, why } => format!("line {line} is not TOML: {why}"),
        What::NamedFile(path, why) => format!("{} cannot be read: {why}", path.display()),
        What::Content(path, why) => format!("in {}: {why}", path.display()),
        What::EmptySecret(path) => format!("{} is empty", path.display()),
        What::VaultReference => {
            "a secret in Vault is named like vault:secret/phoenix#stripe_key".to_owned()
        }
        What::VaultUnset => {
            "to read Vault, VAULT_ADDR (https://, or http:// on this machine) and VAULT_TOKEN must \
             be set"
                .to_owned()
        }
        What::Vault(why) => format!("Vault did not give it: {why}"),
    }
}

fn wanted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Listen => "an address and a port, as in 127.0.0.1:8080",
        Wanted::Folder => "a folder",
        Wanted::Host => "a host, without https:// and without a port, as in lab.example.org",
        Wanted::PublicUrl => "an address without a path, as in https://lab.example.org",
        Wanted::Proxy => {
            "an address or a network (not of all addresses), as in 10.0.0.7 or 10.0.0.0/24"
        }
        Wanted::Days => "a number of days, 0 or more",
        Wanted::Megabytes => "a number of megabytes, 0 or more",
        Wanted::Database => "a database, as in postgres://user@host/name",
        Wanted::SecretKey => "a key of 64 hexadecimal digits, as openssl rand -hex 32 makes",
        Wanted::Smtp => {
            "a mail server, as in smtps://user:password@host or smtp://host:587?tls=required"
        }
        Wanted::Mailbox => "a mailbox, as in Phoenix <phoenix@example.org>",
        Wanted::Switch => "true or false",
        Wanted::LogFormat => "text or json",
        Wanted::LogFilter => "a filter of the log, as in info,tower_http=debug",
        Wanted::Headers => "headers, as in authorization=Bearer abc,x-team=7",
        Wanted::Share => "a share between 0 and 1, as in 0.05",
        Wanted::Token => "a token of 16 characters or more, without spaces",
        Wanted::File => "a file",
        Wanted::ProviderKey => "a key",
        Wanted::BotToken => "a token of a bot, as @BotFather gives it",
        Wanted::Endpoint => {
            "an address that begins with https:// (http:// on this machine alone), without a user \
             name, ? or #"
        }
        Wanted::Origin => "the beginning of a web address, as in http://10.0.0.7:5678",
    }
}
