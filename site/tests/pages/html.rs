//! Reads what the pages are written in: tags with quoted attributes. No more of HTML than that.

/// A tag that opens.
#[derive(Debug)]
pub(crate) struct Tag {
    /// Its name.
    pub(crate) name: String,
    /// Its attributes; one without a value has an empty one.
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What there is in a page, in order.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A tag that opens.
    Open(Tag),
    /// The name of a tag that closes.
    Close(String),
    /// What is between tags.
    Text(String),
}

/// The pieces of a page.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        if !text.is_empty() {
            found.push(Piece::Text(plain(text)));
        }
        rest = if let Some(after) = after.strip_prefix('!') {
            after.split_once('>').expect("end of a comment").1
        } else if let Some(after) = after.strip_prefix('/') {
            let (name, after) = after.split_once('>').expect("end of a tag");
            found.push(Piece::Close(name.to_owned()));
            after
        } else {
            let (tag, after) = open(after);
            found.push(Piece::Open(tag));
            after
        };
    }
    assert!(rest.is_empty(), "text after the document: {rest}");
    found
}

/// The tags that open.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(tag) => Some(tag),
            _ => None,
        })
        .collect()
}

/// What is read between the tags.
pub(crate) fn text(html: &str) -> String {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

fn open(from: &str) -> (Tag, &str) {
    let name_end = from.find([' ', '>', '/']).expect("end of a name");
    let (name, mut rest) = from.split_at(name_end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            let name = name.to_owned();
            return (Tag { name, attributes }, after);
        }
        let end = rest.find(['=', ' ', '>', '/']).expect("end of a key");
        assert!(end > 0, "a key: {rest:.60}");
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("end of a value"),
            None => ("", after),
        };
        assert!(!value.contains('<'), "a tag within a value: {value:.60}");
        attributes.push((key.to_owned(), plain(value)));
        rest = after;
    }
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}
