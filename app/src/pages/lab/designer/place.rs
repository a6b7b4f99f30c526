//! A value of the document: where it is, how it is read and how it is written.

use super::pen::Pen;
use leptos::prelude::*;
use std::sync::Arc;
use trading::strategy::{Document, number::Number};

type Reader<T> = Arc<dyn Fn(&Document) -> Option<T> + Send + Sync>;
type Writer<T> = Arc<dyn Fn(&mut Document, T) + Send + Sync>;

/// A place in the document that holds a `T`, or nothing while what it belongs to is not there.
pub struct At<T> {
    /// Its JSON pointer, which changes where an operator's name is part of it.
    pub pointer: Signal<String>,
    get: Reader<T>,
    put: Writer<T>,
}

impl<T> Clone for At<T> {
    fn clone(&self) -> Self {
        Self {
            pointer: self.pointer,
            get: Arc::clone(&self.get),
            put: Arc::clone(&self.put),
        }
    }
}

impl<T: 'static> At<T> {
    /// A place that is always at the same pointer.
    pub fn fixed(
        pointer: impl Into<String>,
        get: impl Fn(&Document) -> Option<T> + Send + Sync + 'static,
        put: impl Fn(&mut Document, T) + Send + Sync + 'static,
    ) -> Self {
        Self::moving(Signal::stored(pointer.into()), get, put)
    }

    /// A place whose pointer may change.
    pub fn moving(
        pointer: Signal<String>,
        get: impl Fn(&Document) -> Option<T> + Send + Sync + 'static,
        put: impl Fn(&mut Document, T) + Send + Sync + 'static,
    ) -> Self {
        Self {
            pointer,
            get: Arc::new(get),
            put: Arc::new(put),
        }
    }

    /// A part of what is there, at `suffix` below it.
    pub fn part<U: 'static>(
        &self,
        suffix: &'static str,
        get: fn(T) -> Option<U>,
        put: fn(&mut T, U),
    ) -> At<U> {
        let pointer = self.pointer;
        let (read, whole, write) = (
            Arc::clone(&self.get),
            Arc::clone(&self.get),
            Arc::clone(&self.put),
        );
        At::moving(
            Signal::derive(move || format!("{}{suffix}", pointer.get())),
            move |document| get(read(document)?),
            move |document, part| {
                if let Some(mut value) = whole(document) {
                    put(&mut value, part);
                    write(document, value);
                }
            },
        )
    }

    /// What is there in this document.
    pub fn read(&self, document: &Document) -> Option<T> {
        (self.get)(document)
    }

    /// Puts a value there; one step of undo with what the place got a moment ago.
    pub fn write(&self, pen: Pen, value: T)
    where
        T: Clone,
    {
        // A field that is being taken away may still say that it changed.
        let Some(pointer) = self.pointer.try_get_untracked() else {
            return;
        };
        pen.write(pointer, &|document| {
            (self.put)(document, value.clone());
        });
    }
}

impl<T: PartialEq + Clone + Send + Sync + 'static> At<T> {
    /// What is there, whenever it changes.
    pub fn value(&self, pen: Pen) -> Memo<Option<T>> {
        let get = Arc::clone(&self.get);
        Memo::new(move |_| pen.lab.read(|document| get(document)))
    }
}

impl At<Number> {
    /// The number itself: the one written there, or that of the parameter it refers to.
    pub fn plain(&self) -> At<f64> {
        let (read, which, write) = (
            Arc::clone(&self.get),
            Arc::clone(&self.get),
            Arc::clone(&self.put),
        );
        At::moving(
            self.pointer,
            move |document| resolve(document, &read(document)?),
            move |document, value| match which(document) {
                Some(Number::Parameter(name)) => {
                    if let Some(parameter) = document.parameters.get_mut(name.name()) {
                        parameter.value = value;
                    }
                }
                _ => write(document, Number::Literal(value)),
            },
        )
    }
}

impl At<u32> {
    /// The same as a number.
    pub fn plain(&self) -> At<f64> {
        let (read, write) = (Arc::clone(&self.get), Arc::clone(&self.put));
        At::moving(
            self.pointer,
            move |document| read(document).map(f64::from),
            // Only whole numbers are let through, and the cast ends at the greatest one.
            move |document, value| write(document, value as u32),
        )
    }
}

/// The value of a number.
pub fn resolve(document: &Document, number: &Number) -> Option<f64> {
    match number {
        Number::Literal(value) => Some(*value),
        Number::Parameter(name) => document.parameters.get(name.name()).map(|p| p.value),
    }
}

/// A key as a JSON pointer writes it.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
