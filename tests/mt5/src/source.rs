//! Refuses in MQL5 source what a C++ compiler takes and MetaEditor does not. What the C++ compiler
//! finds by itself (an unknown function, a wrong type) is not looked for again.

use crate::token::{Kind, Token, tokens};

/// Something that is not MQL5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// Why.
    pub why: &'static str,
}

/// Keywords of C++ that MQL5 does not have, or reads otherwise.
const NO_KEYWORDS: [(&str, &str); 33] = [
    ("auto", "MQL5 has no `auto`"),
    ("nullptr", "MQL5 writes NULL"),
    ("constexpr", "MQL5 has no `constexpr`"),
    ("decltype", "MQL5 has no `decltype`"),
    ("noexcept", "MQL5 has no `noexcept`"),
    ("static_cast", "MQL5 casts as C does: (type)value"),
    ("dynamic_cast", "pointers are not used here"),
    ("reinterpret_cast", "MQL5 casts as C does: (type)value"),
    ("const_cast", "MQL5 casts as C does: (type)value"),
    ("try", "MQL5 has no exceptions"),
    ("catch", "MQL5 has no exceptions"),
    ("throw", "MQL5 has no exceptions"),
    ("goto", "MQL5 has no `goto`"),
    ("namespace", "namespaces are new in MQL5: not used here"),
    ("using", "namespaces are new in MQL5: not used here"),
    ("typedef", "MQL5's `typedef` is for functions only"),
    ("friend", "MQL5 has no `friend`"),
    ("inline", "MQL5 ignores `inline`"),
    ("volatile", "MQL5 has no `volatile`"),
    ("mutable", "MQL5 has no `mutable`"),
    ("explicit", "MQL5 has no `explicit`"),
    ("operator", "operators of one's own are not used here"),
    (
        "template",
        "templates are not used here: MQL5 knows only `typename`",
    ),
    ("typename", "templates are not used here"),
    ("concept", "MQL5 has no concepts"),
    ("size_t", "MQL5 has no `size_t`"),
    ("int64_t", "MQL5 writes `long`"),
    ("uint64_t", "MQL5 writes `ulong`"),
    ("uint8_t", "MQL5 writes `uchar`"),
    ("unsigned", "MQL5 writes `uint`"),
    ("wchar_t", "MQL5 has no `wchar_t`"),
    ("new", "objects live by themselves here"),
    ("delete", "objects live by themselves here"),
];

/// Functions of C that MQL5 does not have. (It does have `fabs`, `round` and the like.)
const NO_FUNCTIONS: [&str; 16] = [
    "memcpy",
    "memset",
    "memcmp",
    "strlen",
    "strcmp",
    "strcpy",
    "sprintf",
    "snprintf",
    "atoi",
    "atof",
    "strtod",
    "to_string",
    "malloc",
    "free",
    "swap",
    "abort",
];

/// Functions and types of MQL5 that nothing of ours is named after: C++ would let it.
const TAKEN: [&str; 28] = [
    "acos",
    "asin",
    "atan",
    "ceil",
    "cos",
    "exp",
    "fabs",
    "floor",
    "fmax",
    "fmin",
    "fmod",
    "log",
    "pow",
    "rand",
    "round",
    "sin",
    "sqrt",
    "srand",
    "tan",
    "printf",
    "matrix",
    "vector",
    "complex",
    "group",
    "color",
    "interface",
    "pack",
    "export",
];

/// Types that are passed by reference only.
const BY_REFERENCE: [&str; 9] = [
    "MqlRates",
    "MqlTick",
    "MqlTradeRequest",
    "MqlTradeResult",
    "MqlTradeTransaction",
    "MqlCalendarValue",
    "MqlCalendarEvent",
    "MqlCalendarCountry",
    "MqlDateTime",
];

/// Directives that MQL5 has.
const DIRECTIVES: [&str; 9] = [
    "#property",
    "#include",
    "#define",
    "#undef",
    "#ifdef",
    "#ifndef",
    "#else",
    "#endif",
    "#resource",
];

/// Everything in a source that is not MQL5. `structures` are the names of the EA's own classes and
/// structures: those of all its files, see [`structures`].
pub fn check(source: &str, structures: &[String]) -> Vec<Refused> {
    let all = tokens(source);
    let solid: Vec<Token<'_>> = all
        .iter()
        .copied()
        .filter(|token| token.kind != Kind::Blank)
        .collect();
    let mut refused = Vec::new();
    if let Some(line) = source.lines().position(|line| !line.is_ascii()) {
        // Without a mark at its beginning MetaEditor reads a file as ANSI.
        refuse(&mut refused, line + 1, "a letter beyond ASCII");
    }
    for at in 0..solid.len() {
        let rest = &solid[at..];
        word(rest, at.checked_sub(1).map(|at| solid[at]), &mut refused);
        shape(rest, &mut refused);
        parameter(&solid, at, structures, &mut refused);
    }
    refused
}

/// The names of all classes and structures in a source.
pub fn structures(source: &str) -> Vec<String> {
    let solid: Vec<Token<'_>> = tokens(source)
        .into_iter()
        .filter(|token| token.kind != Kind::Blank)
        .collect();
    let pairs = solid.windows(2);
    pairs
        .filter(|pair| matches!(pair[0].text, "class" | "struct" | "union"))
        .map(|pair| pair[1].text.to_owned())
        .collect()
}

fn refuse(refused: &mut Vec<Refused>, line: usize, why: &'static str) {
    refused.push(Refused { line, why });
}

/// One token by itself.
fn word(rest: &[Token<'_>], before: Option<Token<'_>>, refused: &mut Vec<Refused>) {
    let token = rest[0];
    let mut no = |why| refuse(refused, token.line, why);
    match token.kind {
        Kind::Name => {
            if let Some((_, why)) = NO_KEYWORDS.iter().find(|(name, _)| *name == token.text) {
                no(why);
            }
            let is_call = rest.get(1).is_some_and(|next| next.text == "(");
            let is_member = before.is_some_and(|before| before.text == ".");
            if is_call && !is_member && NO_FUNCTIONS.contains(&token.text) {
                no("a function of C that MQL5 does not have");
            }
            // `text.size()`: strings and arrays have no functions of their own.
            let is_own = [
                "size",
                "length",
                "substr",
                "c_str",
                "push_back",
                "begin",
                "end",
                "empty",
            ];
            if is_call && is_member && is_own.contains(&token.text) {
                no("strings and arrays have no functions of their own");
            }
        }
        Kind::Mark if token.text == "->" => no("MQL5 writes a dot"),
        Kind::Mark if token.text == "::" => no("nothing here needs `::`"),
        Kind::Directive => {
            let name = token.text.split([' ', '\t', '\r', '<', '"']).next();
            if !name.is_some_and(|name| DIRECTIVES.contains(&name)) {
                no("a directive that MQL5 does not have");
            }
            if token.text.starts_with("#include") && token.text.contains(".h>") {
                no("a header of C");
            }
            // `#define NAME(a) ...` is MQL5 too; one that glues is not.
            if token.text.contains("##") {
                no("MQL5 glues no tokens");
            }
        }
        Kind::Text if rest.get(1).is_some_and(|next| next.text == "[") => {
            no("a text in quotes has no places");
        }
        // `F` and `f` end hexadecimal numbers, so they are left to the compiler.
        Kind::Number if token.text.ends_with(['u', 'U', 'l', 'L']) => {
            no("numbers have no letters behind them in MQL5");
        }
        _ => {}
    }
}

/// A few tokens that together are no MQL5.
fn shape(rest: &[Token<'_>], refused: &mut Vec<Refused>) {
    let text = |at: usize| rest.get(at).map_or("", |token| token.text);
    let kind = |at: usize| rest.get(at).map(|token| token.kind);
    let line = rest[0].line;
    let mut no = |why| refuse(refused, line, why);
    // [](...) {, [&](...) {, [=] {
    if text(0) == "[" && matches!(text(1), "]" | "&" | "=") {
        let close = usize::from(text(1) != "]") + 1;
        let begins = matches!(text(close + 1), "(" | "{");
        if text(close) == "]" && begins {
            no("MQL5 has no lambdas");
        }
    }
    // T &name = value;
    let is_type = kind(0) == Some(Kind::Name) && !matches!(text(0), "return" | "case");
    if is_type && text(1) == "&" && kind(2) == Some(Kind::Name) && text(3) == "=" {
        no("MQL5 has no references to variables");
    }
    if is_type
        && text(1) == "&&"
        && kind(2) == Some(Kind::Name)
        && matches!(text(3), ")" | "," | "=")
        && is_parameter_type(text(0))
    {
        no("MQL5 has no `&&` references");
    }
    // T &name() : a function that returns a reference
    if is_parameter_type(text(0)) && text(1) == "&" && kind(2) == Some(Kind::Name) && text(3) == "("
    {
        no("MQL5's functions return no references");
    }
    // for(T name : ...)
    if text(0) == "for" && text(1) == "(" {
        let end = rest
            .iter()
            .position(|token| token.text == ";" || token.text == ")");
        let has_colon = end.is_some_and(|end| {
            let head = &rest[..end];
            head.iter().any(|token| token.text == ":")
                && !head.iter().any(|token| token.text == "?")
        });
        if has_colon && end.is_some_and(|end| rest[end].text == ")") {
            no("MQL5 has no `for` over a range");
        }
    }
    // if(T name = ...; ...) and if(T name = ...)
    if matches!(text(0), "if" | "switch") && text(1) == "(" {
        let mut depth = 0;
        for token in &rest[1..] {
            match token.text {
                "(" => depth += 1,
                ")" => depth -= 1,
                ";" if depth > 0 => no("MQL5 declares nothing in an `if`"),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    // T name{...}; and return {...}; and f({...})
    if kind(0) == Some(Kind::Name) && kind(1) == Some(Kind::Name) && text(2) == "{" {
        let is_body = matches!(text(0), "class" | "struct" | "union" | "enum");
        let is_type_name = !matches!(text(1), "const" | "override");
        if !is_body && is_type_name {
            no("MQL5 initialises with = only");
        }
    }
    if (text(0) == "return" || text(0) == "(" || text(0) == ",") && text(1) == "{" && text(0) != ","
    {
        no("braces make a value only in a declaration");
    }
    // T name = {...}; where name is no array (a structure may be set so)
    if kind(0) == Some(Kind::Name) && text(1) == "=" && text(2) == "{" {
        no("only arrays are initialised with braces here");
    }
    // T *name, and &name as an address
    if is_parameter_type(text(0))
        && text(1) == "*"
        && kind(2) == Some(Kind::Name)
        && matches!(text(3), ";" | "=" | "," | ")")
    {
        no("pointers are not used here");
    }
    if matches!(text(0), "(" | "," | "=") && text(1) == "&" {
        no("MQL5 has no addresses");
    }
    // int round = 0;
    let declares = matches!(text(2), "=" | ";" | "," | ")" | "[");
    if is_parameter_type(text(0)) && TAKEN.contains(&text(1)) && declares {
        no("a name that MQL5 has taken");
    }
    // enum class
    if text(0) == "enum" && matches!(text(1), "class" | "struct") {
        no("MQL5 has no `enum class`");
    }
    // 'ab'
    if kind(0) == Some(Kind::Text) && text(0).starts_with('\'') {
        let letters = text(0).trim_matches('\'');
        if letters.len() > 1 && !letters.starts_with('\\') {
            no("one letter in single quotes");
        }
    }
    // "text" + 1, 1 + "text": MetaEditor converts where C++ adds addresses
    let is_text = |at| kind(at) == Some(Kind::Text) && text(at).starts_with('"');
    if (is_text(0) && text(1) == "+" && (kind(2) == Some(Kind::Number) || is_text(2)))
        || (kind(0) == Some(Kind::Number) && text(1) == "+" && is_text(2))
    {
        no("texts and numbers are joined by functions, not by +");
    }
    if text(0) == "final" {
        no("not used here");
    }
}

/// Whether a name can be that of a type: a keyword of MQL5's, or one that begins with a capital.
fn is_parameter_type(name: &str) -> bool {
    let own = [
        "bool", "char", "uchar", "short", "ushort", "int", "uint", "long", "ulong", "float",
        "double", "string", "datetime", "color",
    ];
    own.contains(&name) || name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Structures and arrays are passed by reference only.
fn parameter(solid: &[Token<'_>], at: usize, structures: &[String], refused: &mut Vec<Refused>) {
    let text = |at: usize| solid.get(at).map_or("", |token| token.text);
    let before = at.checked_sub(1).map_or("", |before| text(before));
    let is_first = matches!(before, "(" | ",");
    let at_type = if text(at) == "const" { at + 1 } else { at };
    let is_name = |at: usize| solid.get(at).is_some_and(|t| t.kind == Kind::Name);
    if !is_first || !is_name(at_type) || !is_name(at_type + 1) {
        return;
    }
    let after = text(at_type + 2);
    let kind = text(at_type);
    let line = solid[at].line;
    if after == "[" && text(at_type + 3) == "]" {
        refuse(refused, line, "arrays are passed by reference only");
    }
    let is_structure = BY_REFERENCE.contains(&kind) || structures.iter().any(|name| name == kind);
    if is_structure && matches!(after, "," | ")" | "=") {
        refuse(refused, line, "structures are passed by reference only");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{check, structures};
    use std::{fs, path::Path};

    fn refusals(source: &str) -> Vec<&'static str> {
        let names = structures(source);
        check(source, &names)
            .into_iter()
            .map(|refused| refused.why)
            .collect()
    }

    fn is_refused(source: &str, part: &str) {
        let why = refusals(source);
        assert!(
            why.iter().any(|why| why.contains(part)),
            "{source}: {why:?}"
        );
    }

    #[test]
    fn the_expert_advisor_is_mql5() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mql5");
        let mut files = vec![folder.join("Experts/Phoenix.mq5")];
        for entry in fs::read_dir(folder.join("Include/Phoenix")).unwrap() {
            files.push(entry.unwrap().path());
        }
        let sources: Vec<(String, String)> = files
            .iter()
            .map(|path| {
                (
                    path.display().to_string(),
                    fs::read_to_string(path).unwrap(),
                )
            })
            .collect();
        let names: Vec<String> = sources
            .iter()
            .flat_map(|(_, text)| structures(text))
            .collect();
        assert!(names.len() > 15, "{names:?}");
        for (path, text) in &sources {
            let refused = check(text, &names);
            assert!(refused.is_empty(), "{path}: {refused:#?}");
        }
    }

    #[test]
    fn words_of_cpp_are_refused() {
        is_refused("void F() { auto x = 1; }", "auto");
        is_refused("void F() { int x = nullptr; }", "NULL");
        is_refused("int F() { return static_cast<int>(1.5); }", "casts");
        is_refused("int F() { return reinterpret_cast<int>(x); }", "casts");
        is_refused("template<class T> T F(T x) { return x; }", "templates");
        is_refused("constexpr int X = 1;", "constexpr");
        is_refused("void F() { try { } catch(...) { } }", "exceptions");
        is_refused("using namespace std;", "namespaces");
        is_refused("typedef long money;", "typedef");
        is_refused("unsigned int x;", "uint");
        is_refused("size_t x = 0;", "size_t");
        is_refused("Link *link = new Link();", "live by themselves");
        is_refused("void F() { goto end; }", "goto");
        is_refused("class Link final { };", "not used here");
    }

    #[test]
    fn marks_of_cpp_are_refused() {
        is_refused("void F() { link->Send(); }", "dot");
        is_refused("std::string x;", "::");
        is_refused("int Link::Send() { return 1; }", "::");
        is_refused("void F() { G(&x); }", "addresses");
        is_refused("void F(Link *link) { }", "pointers");
    }

    #[test]
    fn lambdas_are_refused() {
        is_refused("void F() { G([](int x) { return x; }); }", "lambdas");
        is_refused("void F() { G([&]() { }); }", "lambdas");
        is_refused("void F() { G([=] { }); }", "lambdas");
    }

    #[test]
    fn references_are_refused_but_for_parameters() {
        is_refused(
            "void F() { Bar &bar = bars[0]; }",
            "references to variables",
        );
        is_refused("void F() { const int &x = y; }", "references to variables");
        is_refused("Bar &F() { }", "return no references");
        is_refused("void F(Bar &&bar) { }", "`&&`");
        assert_eq!(
            refusals("void F(Bar &bar, const uchar &bytes[]) { G(bar); }"),
            [""; 0]
        );
        assert_eq!(refusals("bool F() { return a && b; }"), [""; 0]);
    }

    #[test]
    fn shapes_of_newer_cpp_are_refused() {
        is_refused("void F() { for(int x : bars) { } }", "range");
        is_refused("void F() { if(int x = 1; x > 0) { } }", "`if`");
        is_refused("int x{1};", "= only");
        is_refused("void F() { Bar bar{}; }", "= only");
        is_refused("Bar F() { return {1, 2}; }", "braces");
        is_refused("void F() { G({1, 2}); }", "braces");
        is_refused("void F() { Bar bar = {1, 2}; }", "only arrays");
        is_refused("enum class Kind { A };", "enum class");
        assert_eq!(refusals("int table[] = {1, 2, 3};"), [""; 0]);
        assert_eq!(
            refusals("int x = a ? b : c; void F() { for(int i = 0; i < 3; i++) { } }"),
            [""; 0]
        );
    }

    #[test]
    fn texts_are_not_those_of_cpp() {
        is_refused(
            "void F() { int n = text.size(); }",
            "functions of their own",
        );
        is_refused(
            "void F() { int n = text.length(); }",
            "functions of their own",
        );
        is_refused("void F() { int n = strlen(text); }", "function of C");
        is_refused("void F() { string s = to_string(3); }", "function of C");
        is_refused("ushort c = \"abc\"[0];", "no places");
        is_refused("string s = \"a\" + 1;", "joined by functions");
        is_refused("string s = \"a\" + \"b\";", "joined by functions");
        is_refused("int x = 'ab';", "one letter");
        is_refused("string s = \"caf\u{e9}\";", "ASCII");
        assert_eq!(
            refusals("string s = \"a\" + IntegerToString(1) + \"b\";"),
            [""; 0]
        );
    }

    #[test]
    fn numbers_have_no_letters() {
        is_refused("long x = 1L;", "letters");
        is_refused("ulong x = 0xFFul;", "letters");
        is_refused("uint x = 5u;", "letters");
        assert_eq!(refusals("int x = 0xFF; double y = 1e9;"), [""; 0]);
    }

    #[test]
    fn what_is_large_is_passed_by_reference() {
        is_refused("struct Bar { int x; }; void F(Bar bar) { }", "structures");
        is_refused("void F(const MqlRates rate, int x) { }", "structures");
        is_refused("void F(const uchar bytes[]) { }", "arrays");
    }

    #[test]
    fn names_of_mql5_are_left_to_it() {
        is_refused("void F() { int round = 0; }", "taken");
        is_refused("void F(double log, int x) { }", "taken");
        assert_eq!(
            refusals("double F(double x) { return round(x) + log(x); }"),
            [""; 0]
        );
    }

    #[test]
    fn directives_are_those_of_mql5() {
        is_refused("#pragma once", "directive");
        is_refused("#if X > 1\n#endif", "directive");
        is_refused("#include <stdio.h>", "header");
        is_refused("#define JOIN(a, b) a##b", "glues");
        assert_eq!(
            refusals("#property version \"1.0\"\n#include <Phoenix/Link.mqh>"),
            [""; 0]
        );
    }

    #[test]
    fn comments_and_texts_may_say_anything() {
        assert_eq!(
            refusals("// auto x -> std::y\n/* new */ string s = \"a->b, auto\";"),
            [""; 0]
        );
    }
}
