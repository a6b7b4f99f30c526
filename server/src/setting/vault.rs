//! HashiCorp Vault: secrets of its key-value store, version 2. Asked once, at the start: what
//! changes there later counts with the next start.

use super::fault::What;
use billing::outside::{CallError, Endpoint, Outside, Patience, Repeat, settle_tls};
use std::{collections::BTreeMap, fmt};
use tokio::runtime::{Builder, Runtime};
use vaultrs::{
    client::{VaultClient, VaultClientSettingsBuilder},
    error::ClientError,
    kv2,
};

/// For messages.
const NAME: &str = "Vault";

/// What a secret's fields are: other than texts do not matter here.
type Fields = BTreeMap<String, serde_json::Value>;

/// A Vault.
pub(super) struct Vault {
    client: VaultClient,
    runtime: Runtime,
    way: Outside,
    /// What was read: several settings may stand in one secret.
    known: BTreeMap<(String, String), Fields>,
}

/// It has a token.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

fn failed(why: impl fmt::Display) -> What {
    What::Vault(why.to_string())
}

impl Vault {
    /// The one that `VAULT_ADDR` names, by the token of `VAULT_TOKEN`.
    pub(super) fn open(variable: &impl Fn(&str) -> Option<String>) -> Result<Self, What> {
        let said = |name: &str| {
            let text = variable(name).map(|text| text.trim().to_owned());
            text.filter(|text| !text.is_empty()).ok_or(What::VaultUnset)
        };
        let (address, token) = (said("VAULT_ADDR")?, said("VAULT_TOKEN")?);
        // The token is sent there: not in the clear over a network.
        let address = Endpoint::new(&address).map_err(|_| What::VaultUnset)?;
        settle_tls();
        let settings = VaultClientSettingsBuilder::default()
            .address(address.as_str())
            .token(token)
            .build()
            .map_err(|_| What::VaultUnset)?;
        Ok(Self {
            client: VaultClient::new(settings).map_err(failed)?,
            runtime: Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(failed)?,
            way: Outside::new(NAME, Patience::default()),
            known: BTreeMap::new(),
        })
    }

    /// A field of a secret.
    pub(super) fn read(&mut self, mount: &str, path: &str, field: &str) -> Result<String, What> {
        let place = (mount.to_owned(), path.to_owned());
        if !self.known.contains_key(&place) {
            let call = || async {
                let read = kv2::read::<Fields>(&self.client, mount, path);
                read.await.map_err(|error| fault(&error))
            };
            let fields = self.runtime.block_on(self.way.call(Repeat::Safe, call));
            self.known.insert(place.clone(), fields.map_err(failed)?);
        }
        let text = self.known.get(&place).and_then(|fields| fields.get(field));
        let text = text.and_then(|value| value.as_str()).map(str::trim);
        text.filter(|text| !text.is_empty())
            .map(str::to_owned)
            .ok_or_else(|| failed(format!("{mount}/{path} has no text named {field}")))
    }
}

/// Nothing of what Vault writes is handed on: it may repeat what it was asked.
fn fault(error: &ClientError) -> CallError {
    match error {
        ClientError::APIError { code, .. } if *code == 429 || *code >= 500 => {
            CallError::Failed(NAME, *code)
        }
        ClientError::APIError { code, .. } => CallError::Refused {
            name: NAME,
            status: *code,
            code: String::new(),
        },
        ClientError::RestClientError { .. } => CallError::Unreachable(NAME),
        _ => CallError::Unreadable(NAME),
    }
}

#[cfg(test)]
mod tests {
    use super::Vault;
    use crate::setting::fault::What;
    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
        thread,
    };

    const TOKEN: &str = "hvs.a-token";
    const SECRET: &str = "/v1/secret/data/phoenix/live";

    /// A Vault that knows one secret and is as strict as the real one; it answers so many times,
    /// the first time that it is busy.
    fn fake(answers: usize) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for turn in 0..answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut head = Vec::new();
                for line in BufReader::new(&stream).lines() {
                    let line = line.unwrap();
                    if line.is_empty() {
                        break;
                    }
                    head.push(line);
                }
                let told = |name: &str| {
                    head.iter().find_map(|line| {
                        let (key, value) = line.split_once(": ")?;
                        key.eq_ignore_ascii_case(name).then_some(value)
                    })
                };
                let (status, body) = if turn == 0 {
                    (
                        "503 Service Unavailable",
                        r#"{"errors":["Vault is sealed"]}"#,
                    )
                } else if told("x-vault-token") != Some(TOKEN) {
                    ("403 Forbidden", r#"{"errors":["permission denied"]}"#)
                } else if head[0].split(['?', ' ']).take(2).eq(["GET", SECRET]) {
                    (
                        "200 OK",
                        r#"{"request_id":"1","lease_id":"","renewable":false,"lease_duration":0,
                            "data":{"data":{"stripe_key":" sk_test_of_vault ","number":7},
                            "metadata":{"created_time":"2026-01-01T00:00:00Z","deletion_time":"",
                            "custom_metadata":null,"destroyed":false,"version":3}},
                            "wrap_info":null,"warnings":null,"auth":null}"#,
                    )
                } else {
                    ("404 Not Found", r#"{"errors":[]}"#)
                };
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\
                     Content-Length: {}\r\n\r\n{body}",
                    body.len()
                )
                .unwrap();
            }
        });
        address
    }

    fn open(address: &str, token: &str) -> Result<Vault, What> {
        Vault::open(&|name: &str| match name {
            "VAULT_ADDR" => Some(address.to_owned()),
            "VAULT_TOKEN" => Some(token.to_owned()),
            _ => None,
        })
    }

    #[test]
    fn a_secret_is_read_once_although_vault_was_busy() {
        let address = fake(2);
        let mut vault = open(&address, TOKEN).unwrap();
        let read = vault.read("secret", "phoenix/live", "stripe_key");
        assert_eq!(read, Ok("sk_test_of_vault".to_owned()));
        // Nobody answers any more: it is known.
        for field in ["number", "nothing"] {
            let read = vault.read("secret", "phoenix/live", field);
            assert!(matches!(read, Err(What::Vault(why)) if why.contains(field)));
        }
    }

    #[test]
    fn what_vault_refuses_is_a_fault_and_no_token_is_told() {
        let address = fake(3);
        let mut vault = open(&address, "hvs.another").unwrap();
        let Err(What::Vault(why)) = vault.read("secret", "phoenix/live", "stripe_key") else {
            panic!("it was read");
        };
        assert!(why.contains("403") && !why.contains("hvs"), "{why}");
        assert_eq!(format!("{vault:?}"), "Vault");
        for address in ["http://vault.example:8200", "nonsense", ""] {
            assert_eq!(
                open(address, TOKEN).err(),
                Some(What::VaultUnset),
                "{address}"
            );
        }
        assert_eq!(open(&address, " ").err(), Some(What::VaultUnset));
    }
}
