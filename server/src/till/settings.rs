//! Plans, keys and addresses of the providers. By variables and files alone: other users of a
//! machine see what stands on a command line.

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
use std::{fmt, fs};

/// What is wrong with the settings, all of it.
#[derive(Debug)]
pub(crate) struct BillingFaults(pub(crate) Vec<String>);

impl fmt::Display for BillingFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
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

impl BillingSettings {
    /// Reads the variables; `said` gives the value of one.
    pub(crate) fn read(said: impl Fn(&str) -> Option<String>) -> Result<Self, BillingFaults> {
        let said = |name: &str| said(name).filter(|value| !value.trim().is_empty());
        let mut faults = Vec::new();
        let plans = plans(&said, &mut faults);
        let stripe = stripe(&said, &mut faults);
        let midtrans = midtrans(&said, &mut faults);
        if faults.is_empty() {
            Ok(Self {
                plans,
                stripe,
                midtrans,
            })
        } else {
            Err(BillingFaults(faults))
        }
    }

    /// Whether there are keys of any.
    pub(crate) fn has_provider(&self) -> bool {
        self.stripe.is_some() || self.midtrans.is_some()
    }

    pub(super) fn providers(&self) -> Result<Providers, BillingFaults> {
        let failed = |error: billing::outside::CallError| BillingFaults(vec![error.to_string()]);
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

fn plans(said: &impl Fn(&str) -> Option<String>, faults: &mut Vec<String>) -> Plans {
    let Some(path) = said("PHOENIX_PLANS") else {
        return Plans::default();
    };
    let text = fs::read_to_string(&path).map_err(|error| vec![error.to_string()]);
    let plans = text.and_then(|text| Plans::read(&text).map_err(|faults| faults.0));
    plans.unwrap_or_else(|found| {
        faults.extend(
            found
                .into_iter()
                .map(|f| format!("PHOENIX_PLANS ({path}): {f}")),
        );
        Plans::default()
    })
}

fn stripe(
    said: &impl Fn(&str) -> Option<String>,
    faults: &mut Vec<String>,
) -> Option<(StripeConfig, Vec<Secret>)> {
    let key = said("PHOENIX_STRIPE_KEY").and_then(|key| Secret::new(&key))?;
    let secrets: Vec<Secret> = said("PHOENIX_STRIPE_WEBHOOK_SECRET")
        .unwrap_or_default()
        .split(',')
        .filter_map(Secret::new)
        .collect();
    if secrets.is_empty() {
        faults.push(
            "PHOENIX_STRIPE_WEBHOOK_SECRET is missing: without it nobody knows who has paid"
                .to_owned(),
        );
    }
    let api = endpoint(said, "PHOENIX_STRIPE_API", StripeConfig::API, faults)?;
    let prices = prices(said, faults)?;
    let config = StripeConfig {
        key,
        api,
        prices,
        patience: Patience::default(),
    };
    Some((config, secrets))
}

fn prices(said: &impl Fn(&str) -> Option<String>, faults: &mut Vec<String>) -> Option<PriceBook> {
    let Some(path) = said("PHOENIX_STRIPE_PRICES") else {
        faults.push(
            "PHOENIX_STRIPE_PRICES is missing: a file that says which price of Stripe's is which \
             plan"
                .to_owned(),
        );
        return None;
    };
    let read = fs::read_to_string(&path)
        .map_err(|error| vec![error.to_string()])
        .and_then(|text| {
            toml::from_str::<Prices>(&text).map_err(|error| vec![error.message().to_owned()])
        })
        .and_then(|file| PriceBook::new(file.price));
    match read {
        Ok(book) => Some(book),
        Err(found) => {
            let named = |f: String| format!("PHOENIX_STRIPE_PRICES ({path}): {f}");
            faults.extend(found.into_iter().map(named));
            None
        }
    }
}

fn midtrans(
    said: &impl Fn(&str) -> Option<String>,
    faults: &mut Vec<String>,
) -> Option<MidtransConfig> {
    let text = said("PHOENIX_MIDTRANS_KEY")?;
    let server_key = Secret::new(&text)?;
    // Keys of the sandbox begin so: where no money moves, none must be asked for elsewhere.
    let (snap, api) = if text.trim().starts_with("SB-") {
        (MidtransConfig::SANDBOX_SNAP, MidtransConfig::SANDBOX_API)
    } else {
        (MidtransConfig::SNAP, MidtransConfig::API)
    };
    Some(MidtransConfig {
        server_key,
        snap: endpoint(said, "PHOENIX_MIDTRANS_SNAP", snap, faults)?,
        api: endpoint(said, "PHOENIX_MIDTRANS_API", api, faults)?,
        patience: Patience::default(),
    })
}

fn endpoint(
    said: &impl Fn(&str) -> Option<String>,
    name: &str,
    usual: &str,
    faults: &mut Vec<String>,
) -> Option<Endpoint> {
    let text = said(name).unwrap_or_else(|| usual.to_owned());
    match Endpoint::new(&text) {
        Ok(endpoint) => Some(endpoint),
        Err(error) => {
            faults.push(format!("{name}: {error}"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BillingSettings;

    fn read(pairs: &[(&str, &str)]) -> Result<BillingSettings, Vec<String>> {
        let said = |name: &str| {
            let pair = pairs.iter().find(|(key, _)| *key == name)?;
            Some(pair.1.to_owned())
        };
        BillingSettings::read(said).map_err(|faults| faults.0)
    }

    #[test]
    fn without_keys_there_is_the_test_mode() {
        for pairs in [&[][..], &[("PHOENIX_STRIPE_KEY", " ")]] {
            let (stripe, midtrans) = read(pairs).unwrap().providers().unwrap();
            assert!(stripe.is_none() && midtrans.is_none());
        }
    }

    #[test]
    fn every_fault_is_told_at_once_and_no_key() {
        let faults = read(&[
            ("PHOENIX_PLANS", "/nowhere/plans.toml"),
            ("PHOENIX_STRIPE_KEY", "sk_test_hidden"),
            ("PHOENIX_STRIPE_API", "ftp://example.com"),
            ("PHOENIX_MIDTRANS_KEY", "SB-Mid-server-hidden"),
            ("PHOENIX_MIDTRANS_SNAP", "not a url"),
        ])
        .unwrap_err();
        let all = faults.join("\n");
        for name in [
            "PHOENIX_PLANS",
            "PHOENIX_STRIPE_WEBHOOK_SECRET",
            "PHOENIX_STRIPE_API",
            "PHOENIX_MIDTRANS_SNAP",
        ] {
            assert!(all.contains(name), "{name}: {all}");
        }
        assert!(!all.contains("hidden"), "{all}");
    }
}
