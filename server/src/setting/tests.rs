use super::{Settings, Wanted, What};
use std::{fs, net::SocketAddr};
use trading::language::Language;

fn nothing(_: &str) -> Option<String> {
    None
}

#[test]
fn the_command_line_comes_before_variables_and_these_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phoenix.toml");
    fs::write(
        &path,
        "listen = \"1.1.1.1:1\"\nhome = \"file\"\nhosts = [\"a.example\", \"b.example\"]\n\
         visitors_space = 7\n[stripe]\nkey = \"sk_test_file\"\n",
    )
    .unwrap();
    let variable = |name: &str| match name {
        "PHOENIX_LISTEN" => Some("2.2.2.2:2".to_owned()),
        "PHOENIX_HOME" => Some("variable".to_owned()),
        // Set to nothing: it says nothing.
        "PHOENIX_VISITORS_SPACE" => Some("  ".to_owned()),
        _ => None,
    };
    let options = vec![
        ("listen", vec!["3.3.3.3:3".to_owned()]),
        ("web", Vec::new()),
    ];
    let mut settings = Settings::read(options, variable, Some(&path));
    let listen: Option<SocketAddr> = settings.one("listen");
    assert_eq!(listen, "3.3.3.3:3".parse().ok());
    assert_eq!(settings.text("home"), Some("variable"));
    assert_eq!(settings.one::<u32>("visitors_space"), Some(7));
    assert_eq!(settings.many::<String>("hosts"), ["a.example", "b.example"]);
    assert_eq!(settings.text("web"), None);
    assert_eq!(settings.text("stripe_key"), Some("sk_test_file"));
    assert!(settings.is_said("stripe_key") && !settings.is_said("midtrans_key"));
    assert_eq!(settings.faults(), None);
}

#[test]
fn every_fault_is_told_at_once_in_both_languages_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phoenix.toml");
    fs::write(
        &path,
        "lisen = \"1.1.1.1:1\"\nlisten = \"hidden-not\"\nhome = true\n\
         database_url = \"mysql://u:hidden@x\"\nzzz = 1\n\
         smtp = \"file:/nowhere/smtp\"\nstripe_key = \"vault:hidden\"\n",
    )
    .unwrap();
    let mut settings = Settings::read(Vec::new(), nothing, Some(&path));
    let _: Option<SocketAddr> = settings.one("listen");
    let _: Option<storage::DatabaseAddress> = settings.one("database_url");
    let faults = settings.faults().unwrap();
    let english = faults.text(Language::En);
    for said in [
        "7 settings",
        "lisen: there is no such setting. Did you mean \"listen\"?",
        "listen: \"hidden-not\" is not an address and a port",
        "home: this is of another kind",
        "database_url: this is not a database",
        "zzz: there is no such setting; docs/configuration.md",
        "smtp: /nowhere/smtp cannot be read",
        "stripe_key: a secret in Vault is named like",
    ] {
        assert!(english.contains(said), "{said}: {english}");
    }
    assert!(!english.contains("u:hidden"), "{english}");
    let indonesian = faults.text(Language::Id);
    assert!(indonesian.starts_with("7 pengaturan"), "{indonesian}");
    assert!(
        indonesian.contains("Maksud Anda \"listen\"?"),
        "{indonesian}"
    );
    assert!(!format!("{settings:?}{faults:?}").contains("u:hidden"));
}

#[test]
fn a_file_that_is_none_is_one_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phoenix.toml");
    let told = |content: Option<&str>| {
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        let mut settings = Settings::read(Vec::new(), nothing, Some(&path));
        settings.faults().unwrap().text(Language::En)
    };
    assert!(told(None).contains("cannot be read"));
    let text = told(Some("listen = \"a\"\n\nsmtp = smtps://u:hidden@x\n"));
    assert!(text.contains("line 3 is not TOML"), "{text}");
    assert!(!text.contains("hidden"), "{text}");
    let text = told(Some("stripe_key = \"a\"\n[stripe]\nkey = \"b\"\n"));
    assert!(text.contains("stands twice"), "{text}");
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    fs::write(&path, "a-token-of-many-letters\n").unwrap();
    let variable =
        |name: &str| (name == "PHOENIX_METRICS_TOKEN").then(|| format!("file:{}", path.display()));
    let mut settings = Settings::read(Vec::new(), variable, None);
    assert_eq!(settings.faults(), None);
    assert_eq!(
        settings.text("metrics_token"),
        Some("a-token-of-many-letters")
    );
    fs::write(&path, " \n").unwrap();
    let mut settings = Settings::read(Vec::new(), variable, None);
    let text = settings.faults().unwrap().text(Language::En);
    assert!(text.contains("is empty"), "{text}");
    assert_eq!(settings.text("metrics_token"), None);
}

#[test]
fn every_setting_wants_something_that_can_be_said() {
    // Each has its sentence in both languages, or this would not build; names are what the
    // documentation lists.
    let listed = fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/configuration.md"),
    )
    .unwrap();
    for key in super::KEYS {
        assert!(listed.contains(&format!("`{}`", key.name)), "{}", key.name);
        assert!(listed.contains(&key.variable()), "{}", key.name);
        if let Some(option) = key.option {
            assert!(listed.contains(option), "{option}");
        }
    }
    assert_eq!(super::key::of("listen").unwrap().wanted, Wanted::Listen);
}

#[test]
fn what_one_setting_asks_of_another_is_told() {
    let variable = |name: &str| match name {
        "PHOENIX_SMTP" => Some("file:/nowhere/smtp".to_owned()),
        "PHOENIX_MONITOR" => Some("nonsense".to_owned()),
        _ => None,
    };
    let mut settings = Settings::read(Vec::new(), variable, None);
    let _: Option<SocketAddr> = settings.one("monitor");
    // It was said, although nothing came of it.
    settings.need_beside("public_url", "smtp");
    settings.need_beside("secret_key", "midtrans_key");
    // What has its fault has no second one.
    settings.need("monitor");
    settings.fault("no_worker", What::NobodyWorks);
    let faults = settings.faults().unwrap();
    let said = [
        (Language::En, "4 settings", "with smtp", "on SQLite"),
        (Language::Id, "4 pengaturan", "karena smtp", "dengan SQLite"),
    ];
    for (language, head, beside, worker) in said {
        let text = faults.text(language);
        assert!(text.starts_with(head), "{text}");
        let beside = format!("--public-url / PHOENIX_PUBLIC_URL: {beside}");
        for part in [beside.as_str(), worker] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
