//! The pages of devices and keys in the states that differ.

use super::{NOW, Setting};
use site::{
    Notice,
    device::{self, DeviceFault, DevicesPage, KeyLine, Scope, WaitingDevice},
};
use trading::time::Time;

/// A key, told once.
pub(crate) const KEY: &str = "phx_7h2k9_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh";

/// Why a device was not paired, or a key neither made nor revoked.
pub(crate) fn device_faults(reference: &str) -> [(&'static str, DeviceFault); 6] {
    let reference = reference.to_owned();
    [
        ("no-code", DeviceFault::NoCode),
        ("label", DeviceFault::Label),
        ("too-many", DeviceFault::TooMany),
        ("wait", DeviceFault::Wait { seconds: 480 }),
        (
            "away",
            DeviceFault::Away {
                reference: reference.clone(),
            },
        ),
        ("internal", DeviceFault::Internal { reference }),
    ]
}

impl Setting<'_> {
    pub(super) fn devices(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((format!("devices{name}"), html));
        let look = self.trader("/account/devices");
        let page = DevicesPage {
            keys: self.keys(),
            notice: None,
            fault: None,
            now: NOW,
        };
        add("", device::devices(&look, &page));
        add(
            "-staff",
            device::devices(&self.staff("/account/devices"), &page),
        );
        let with = |keys: &[KeyLine], notice| DevicesPage {
            keys: keys.to_vec(),
            notice: Some(notice),
            ..page.clone()
        };
        let none = with(&[], Notice::DeviceApproved);
        add("-none", device::devices(&look, &none));
        let former = with(&page.keys[3..], Notice::KeyRevoked);
        add("-former", device::devices(&look, &former));
        let asks = self.trader("/account/devices/approve?code=7KQM-2XWD");
        let waiting = |scope| WaitingDevice {
            code: self.text("7KQM-2XWD"),
            name: self.text("Samsung SM-A155F"),
            scope,
            address: self.text("2001:db8:85a3::8a2e:370:7334"),
        };
        for scope in Scope::ALL {
            let (name, device) = (scope.name(), waiting(scope));
            add(
                &format!("-approve-{name}"),
                device::approve(&asks, &device, None),
            );
            let (label, key) = (self.text("Home server"), self.text(KEY));
            add(
                &format!("-made-{name}"),
                device::key_made(&look, &label, scope, &key),
            );
        }
        for (name, fault) in device_faults(&self.text("7f3a-19c2")) {
            let html = device::approve(&asks, &waiting(Scope::Phone), Some(&fault));
            add(&format!("-approve-fault-{name}"), html);
            let page = DevicesPage {
                fault: Some(fault),
                ..page.clone()
            };
            add(&format!("-fault-{name}"), device::devices(&look, &page));
        }
    }

    fn keys(&self) -> Vec<KeyLine> {
        let key = |place: i64, label: &str, scope, days: Option<i64>, used: Option<i64>| KeyLine {
            id: self.text(&format!("k-{place}")),
            label: self.text(label),
            prefix: self.text(&format!("phx_7h2k{place}")),
            scope,
            created_at: Time(NOW.millis() - place * 90_061_000),
            expires_at: days.map(|days| Time(NOW.millis() + days * 86_400_000)),
            used_at: used.map(|minutes| Time(NOW.millis() - minutes * 60_000)),
            is_revoked: place > 4,
        };
        vec![
            key(1, "VPS Singapura", Scope::Executor, None, Some(0)),
            key(2, "Samsung SM-A155F", Scope::Phone, Some(365), Some(185)),
            key(
                3,
                "A spreadsheet with a very long name that somebody gave it, up to eighty letters",
                Scope::Read,
                Some(30),
                None,
            ),
            // It is over at this very moment.
            key(4, "Old report", Scope::Read, Some(0), Some(3_000)),
            key(5, "Lost phone", Scope::Phone, Some(300), Some(60_000)),
        ]
    }
}
