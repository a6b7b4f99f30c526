//! What Windows shows of the program's file: its icon, its name and its version.

use crate::program::told;
use std::{fs, path::Path};

/// Windows' numbers for kinds of resources.
const ICON: u32 = 3;
const ICONS: u32 = 14;
const VERSION: u32 = 16;

/// The part of a program's file that has its resources.
struct Resources {
    bytes: Vec<u8>,
    /// Where it will lie in memory, from the program's start.
    place: usize,
}

impl Resources {
    fn of(program: &[u8]) -> Self {
        let head = number(program, 0x3c);
        let count = short(program, head + 6);
        let sections = head + 24 + short(program, head + 20);
        let mut sections = (0..count).map(|at| sections + 40 * at);
        let section = sections.find(|at| program[*at..].starts_with(b".rsrc\0"));
        let section = section.expect("a program with resources");
        let start = number(program, section + 20);
        Self {
            bytes: program[start..start + number(program, section + 16)].to_vec(),
            place: number(program, section + 12),
        }
    }

    /// Those of a kind, in the order of their names, each in the first of its languages.
    fn all(&self, kind: u32) -> Vec<&[u8]> {
        let mut kinds = self.list(0).into_iter();
        let (_, kind) = kinds
            .find(|(number, _)| *number == kind as usize)
            .unwrap_or_else(|| panic!("no resource of kind {kind}"));
        let of = |(_, languages): (usize, usize)| {
            let (_, place) = self.list(languages)[0];
            let start = number(&self.bytes, place) - self.place;
            &self.bytes[start..start + number(&self.bytes, place + 4)]
        };
        self.list(kind).into_iter().map(of).collect()
    }

    /// What stands in the list at a place: the number of each and where it is.
    fn list(&self, at: usize) -> Vec<(usize, usize)> {
        let count = short(&self.bytes, at + 12) + short(&self.bytes, at + 14);
        let line = |line| {
            let at = at + 16 + 8 * line;
            // The highest bit says that another list follows.
            (
                number(&self.bytes, at),
                number(&self.bytes, at + 4) & 0x7fff_ffff,
            )
        };
        (0..count).map(line).collect()
    }
}

fn short(bytes: &[u8], at: usize) -> usize {
    u16::from_le_bytes([bytes[at], bytes[at + 1]]).into()
}

fn number(bytes: &[u8], at: usize) -> usize {
    short(bytes, at) | short(bytes, at + 2) << 16
}

fn resources() -> Resources {
    Resources::of(&fs::read(told("PHOENIX_WINDOWS_EXE")).expect("the program"))
}

/// The pictures of an icon's file.
fn pictures(file: &[u8]) -> Vec<&[u8]> {
    let picture = |at| {
        let line = 6 + 16 * at;
        let start = number(file, line + 12);
        &file[start..start + number(file, line + 8)]
    };
    (0..short(file, 4)).map(picture).collect()
}

#[test]
fn the_program_has_phoenix_icon() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../executor/installer/phoenix.ico");
    let file = fs::read(path).expect("an icon");
    let resources = resources();
    assert!(resources.all(ICON) == pictures(&file));
    // How Windows finds the picture that fits.
    assert_eq!(resources.all(ICONS).len(), 1);
}

#[test]
fn the_program_says_what_it_is() {
    let resources = resources();
    let letters = resources.all(VERSION)[0].chunks_exact(2);
    let letters: Vec<u16> = letters
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    let text = String::from_utf16_lossy(&letters);
    let told = |name: &str| {
        let (_, value) = text
            .split_once(&format!("{name}\0"))
            .unwrap_or_else(|| panic!("no {name}"));
        let value = value.trim_start_matches('\0').split('\0').next();
        value.expect("a value").to_owned()
    };
    assert_eq!(told("ProductName"), "Phoenix Executor");
    assert_eq!(told("FileDescription"), "Phoenix Executor");
    assert_eq!(told("CompanyName"), "The Phoenix contributors");
    assert!(told("LegalCopyright").starts_with("Copyright (c) 20"));
    for name in ["ProductVersion", "FileVersion"] {
        assert_eq!(told(name), env!("CARGO_PKG_VERSION"));
    }
}
