//! As much of SVG as the icon uses: a square with round corners, and on it one closed path of curves.

/// Points that are looked at in each direction of a pixel, for smooth edges.
const FINE: u32 = 4;
/// Straight pieces that a curve is drawn by.
const PIECES: u32 = 16;

type Point = (f64, f64);
type Colour = [f64; 3];

/// What is drawn.
#[derive(Debug)]
pub(crate) struct Picture {
    /// Width and height, in its own units.
    side: f64,
    radius: f64,
    ground: Colour,
    shape: Vec<Point>,
    colour: Colour,
}

impl Picture {
    pub(crate) fn read(svg: &str) -> Self {
        let (square, path) = svg.split_once("<path").expect("a path");
        let number = |name| value(square, name).parse().expect("a number");
        Self {
            side: number("width"),
            radius: number("rx"),
            ground: colour(value(square, "fill")),
            shape: outline(value(path, "d")),
            colour: colour(value(path, "fill")),
        }
    }

    /// From the top left: red, green, blue and how opaque each is.
    pub(crate) fn pixels(&self, size: u32) -> Vec<[u8; 4]> {
        let places = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
        places.map(|(x, y)| self.pixel(x, y, size)).collect()
    }

    fn pixel(&self, x: u32, y: u32, size: u32) -> [u8; 4] {
        let (mut sum, mut inside) = ([0.0; 3], 0.0);
        for point in 0..FINE * FINE {
            let place = |pixel: u32, part: u32| {
                let part = (f64::from(part) + 0.5) / f64::from(FINE);
                (f64::from(pixel) + part) / f64::from(size) * self.side
            };
            let at = (place(x, point % FINE), place(y, point / FINE));
            if !self.is_on_square(at) {
                continue;
            }
            inside += 1.0;
            let colour = if is_within(&self.shape, at) {
                self.colour
            } else {
                self.ground
            };
            for (sum, colour) in sum.iter_mut().zip(colour) {
                *sum += colour;
            }
        }
        if inside == 0.0 {
            return [0; 4];
        }
        let [red, green, blue] = sum.map(|sum| (sum / inside) as u8);
        let opaque = 255.0 * inside / f64::from(FINE * FINE);
        [red, green, blue, opaque as u8]
    }

    fn is_on_square(&self, (x, y): Point) -> bool {
        // How far into a corner, where it is round.
        let into = |place: f64| {
            let from_edge = place.min(self.side - place);
            (self.radius - from_edge).max(0.0)
        };
        let (x, y) = (into(x), into(y));
        x * x + y * y <= self.radius * self.radius
    }
}

/// The first value of that name.
fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!(" {name}=\"")).expect("a value");
    rest.split('"').next().expect("an end")
}

fn colour(text: &str) -> Colour {
    let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("two digits");
    [1, 3, 5].map(|at| part(at).into())
}

/// The corners of a path such as `M1 2c1 2 3 4 5 6Z`: one place to begin, then curves that are told
/// from where the one before ended.
fn outline(path: &str) -> Vec<Point> {
    let path = path
        .strip_prefix('M')
        .and_then(|path| path.strip_suffix('Z'));
    let (start, curves) = path.and_then(|path| path.split_once('c')).expect("curves");
    let pairs = |text| -> Vec<Point> {
        let all = numbers(text);
        let (pairs, rest) = all.as_chunks();
        assert!(rest.is_empty(), "{text}");
        pairs.iter().map(|&[x, y]| (x, y)).collect()
    };
    let mut corners = pairs(start);
    for curve in pairs(curves).chunks(3) {
        let from = *corners.last().expect("a place to begin");
        let [one, two, to] = [0, 1, 2].map(|at| (from.0 + curve[at].0, from.1 + curve[at].1));
        for piece in 1..=PIECES {
            let part = f64::from(piece) / f64::from(PIECES);
            let along = |from: Point, to: Point| {
                let between = |from: f64, to: f64| from + (to - from) * part;
                (between(from.0, to.0), between(from.1, to.1))
            };
            let (first, middle, last) = (along(from, one), along(one, two), along(two, to));
            corners.push(along(along(first, middle), along(middle, last)));
        }
    }
    corners
}

/// Numbers as a path has them: a sign or a second point begins the next one.
fn numbers(text: &str) -> Vec<f64> {
    let mut all = vec![String::new()];
    for letter in text.chars() {
        let number = all.last_mut().expect("one");
        let begins = letter == '-' || letter == ' ' || (letter == '.' && number.contains('.'));
        if begins {
            all.push(String::new());
        }
        if letter != ' ' {
            all.last_mut().expect("one").push(letter);
        }
    }
    let all = all.iter().filter(|number| !number.is_empty());
    all.map(|number| number.parse().expect("a number"))
        .collect()
}

/// Whether a line from there to the right crosses the edges an odd number of times.
fn is_within(corners: &[Point], (x, y): Point) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crosses = |&(from, to): &(&Point, &Point)| {
        (from.1 > y) != (to.1 > y) && x < from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0)
    };
    corners.iter().zip(next).filter(crosses).count() % 2 == 1
}
