//! Plans, keys and addresses of the providers. By variables and files alone: other users of a
//! machine see what stands on a command line.

use crate::setting::{Settings, What};
use billing::{
    midtrans::client::{Midtrans, MidtransConfig},
    outside::{Endpoint, Patience},
    plan::Plans,
    secret::Secret,
    stripe::{
        client::{Stripe, StripeConfig},
        price::{PriceBook, PriceEntry},
        webhook::Webhook,
    },
};
use serde::Deserialize;
use std::{fmt, fs, path::PathBuf, str::FromStr};

/// Why what is outside cannot be called, whatever the settings say.
#[derive(Debug)]
pub(crate) struct BillingFault(pub(crate) String);

impl fmt::Display for BillingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Plans, keys and addresses of the providers.
#[derive(Debug, Default)]
pub(crate) struct BillingSettings {
    pub(super) plans: Plans,
    stripe: Option<(StripeConfig, Vec<Secret>)>,
    midtrans: Option<MidtransConfig>,
}

type Providers = (Option<(Stripe, Webhook)>, Option<Midtrans>);

/// The file of Stripe's prices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prices {
    #[serde(default)]
    price: Vec<PriceEntry>,
}

/// The secrets that sign the calls of a provider's: several while one takes the place of another.
struct Signing(Vec<Secret>);

impl FromStr for Signing {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let secrets: Vec<Secret> = text.split(',').filter_map(Secret::new).collect();
        (!secrets.is_empty()).then_some(Self(secrets)).ok_or(())
    }
}

impl BillingSettings {
    /// What was said; faults stay with the settings.
    pub(crate) fn read(said: &mut Settings) -> Self {
        Self {
            plans: plans(said),
            stripe: stripe(said),
            midtrans: midtrans(said),
        }
    }

    pub(super) fn providers(&self) -> Result<Providers, BillingFault> {
        let failed = |error: billing::outside::CallError| BillingFault(error.to_string());
        let stripe = match &self.stripe {
            Some((config, secrets)) => {
                let webhook = Webhook::new(secrets.clone(), config.is_live());
                Some((Stripe::new(config.clone()).map_err(failed)?, webhook))
            }
            None => None,
        };
        let midtrans = self.midtrans.clone().map(Midtrans::new);
        Ok((stripe, midtrans.transpose().map_err(failed)?))
    }
}

fn plans(said: &mut Settings) -> Plans {
    let plans = file(said, "plans", |text| {
        Plans::read(text).map_err(|faults| faults.0)
    });
    plans.unwrap_or_default()
}

fn stripe(said: &mut Settings) -> Option<(StripeConfig, Vec<Secret>)> {
    // Without it nobody knows who has paid.
    said.need_beside("stripe_webhook_secret", "stripe_key");
    said.need_beside("stripe_prices", "stripe_key");
    let key: Option<String> = said.one("stripe_key");
    let signing = said.one("stripe_webhook_secret");
    let api = endpoint(said, "stripe_api", StripeConfig::API);
    let key = Secret::new(&key?)?;
    let prices = file(said, "stripe_prices", |text| {
        let file: Prices =
            toml::from_str(text).map_err(|error| vec![error.message().to_owned()])?;
        PriceBook::new(file.price)
    });
    let Signing(secrets) = signing?;
    let config = StripeConfig {
        key,
        api: api?,
        prices: prices?,
        patience: Patience::default(),
    };
    Some((config, secrets))
}

fn midtrans(said: &mut Settings) -> Option<MidtransConfig> {
    let text: Option<String> = said.one("midtrans_key");
    // Keys of the sandbox begin so: where no money moves, none must be asked for elsewhere.
    let is_sandbox = text.as_ref().is_some_and(|text| text.starts_with("SB-"));
    let (snap, api) = if is_sandbox {
        (MidtransConfig::SANDBOX_SNAP, MidtransConfig::SANDBOX_API)
    } else {
        (MidtransConfig::SNAP, MidtransConfig::API)
    };
    let snap = endpoint(said, "midtrans_snap", snap);
    let api = endpoint(said, "midtrans_api", api);
    Some(MidtransConfig {
        server_key: Secret::new(&text?)?,
        snap: snap?,
        api: api?,
        patience: Patience::default(),
    })
}

/// What is in the file that a setting names.
fn file<T>(
    said: &mut Settings,
    name: &'static str,
    read: impl Fn(&str) -> Result<T, Vec<String>>,
) -> Option<T> {
    let path: PathBuf = said.one(name)?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            said.fault(name, What::NamedFile(path, error.to_string()));
            return None;
        }
    };
    let faults = match read(&text) {
        Ok(content) => return Some(content),
        Err(faults) => faults,
    };
    for why in faults {
        said.fault(name, What::Content(path.clone(), why));
    }
    None
}

fn endpoint(said: &mut Settings, name: &'static str, usual: &str) -> Option<Endpoint> {
    said.one(name).or_else(|| Endpoint::new(usual).ok())
}

#[cfg(test)]
mod tests {
    use super::BillingSettings;
    use crate::setting::{Faults, Settings};
    use std::fs;
    use trading::language::Language;

    fn read(pairs: &[(&str, &str)]) -> Result<BillingSettings, Faults> {
        let variable = |name: &str| {
            let pair = pairs.iter().find(|(key, _)| *key == name)?;
            Some(pair.1.to_owned())
        };
        let mut said = Settings::read(Vec::new(), variable, None);
        let settings = BillingSettings::read(&mut said);
        said.faults().map_or(Ok(settings), Err)
    }

    #[test]
    fn without_keys_there_is_the_test_mode() {
        for pairs in [&[][..], &[("PHOENIX_STRIPE_KEY", " ")]] {
            let (stripe, midtrans) = read(pairs).unwrap().providers().unwrap();
            assert!(stripe.is_none() && midtrans.is_none());
        }
    }

    #[test]
    fn every_fault_is_told_at_once_in_both_languages_and_no_key() {
        let faults = read(&[
            ("PHOENIX_PLANS", "/nowhere/plans.toml"),
            ("PHOENIX_STRIPE_KEY", "sk_test_hidden"),
            ("PHOENIX_STRIPE_API", "ftp://example.com"),
            ("PHOENIX_MIDTRANS_KEY", "SB-Mid-server-hidden"),
            ("PHOENIX_MIDTRANS_SNAP", "not a url"),
        ])
        .unwrap_err();
        let en = [
            "5 settings",
            "PHOENIX_PLANS: /nowhere/plans.toml cannot be read",
            "PHOENIX_STRIPE_WEBHOOK_SECRET: with stripe_key, this has to be said too",
            "PHOENIX_STRIPE_PRICES: with stripe_key",
            "PHOENIX_STRIPE_API: \"ftp://example.com\" is not an address",
            "PHOENIX_MIDTRANS_SNAP: \"not a url\" is not an address",
        ];
        let id = [
            "5 pengaturan",
            "/nowhere/plans.toml tidak dapat dibaca",
            "karena stripe_key diisi",
            "bukan alamat",
        ];
        for (language, parts) in [(Language::En, &en[..]), (Language::Id, &id[..])] {
            let text = faults.text(language);
            for part in parts {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains("hidden"), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_in_a_file_is_told_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let [plans, prices] = ["plans.toml", "prices.toml"].map(|name| folder.path().join(name));
        fs::write(&plans, "[[plan]]\nid = \"one\"\n").unwrap();
        fs::write(&prices, "price = 7\n").unwrap();
        let faults = read(&[
            ("PHOENIX_PLANS", plans.to_str().unwrap()),
            ("PHOENIX_STRIPE_KEY", "sk_test_hidden"),
            ("PHOENIX_STRIPE_WEBHOOK_SECRET", " , "),
            ("PHOENIX_STRIPE_PRICES", prices.to_str().unwrap()),
        ])
        .unwrap_err();
        let text = faults.text(Language::En);
        for part in [
            format!("PHOENIX_PLANS: in {}: ", plans.display()),
            format!("PHOENIX_STRIPE_PRICES: in {}: ", prices.display()),
            "PHOENIX_STRIPE_WEBHOOK_SECRET: this is not a key".to_owned(),
        ] {
            assert!(text.contains(&part), "{part}: {text}");
        }
    }
}
