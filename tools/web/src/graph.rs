//! Which code and which data of the module need which, read from its relocations: the linker was
//! told to keep them (`frontend/build.rs`).

use anyhow::{Context, Result, bail};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use wasmparser::{
    ExternalKind, KnownCustom, Linking, Name, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo,
};

/// A function by its index, or a piece of data by its place in [`Graph::data`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    /// A function; imported ones come first.
    Function(u32),
    /// A piece of data.
    Data(usize),
}

/// A function.
#[derive(Debug, Default)]
pub(crate) struct Function {
    /// As the compiler names it.
    pub(crate) name: String,
    /// Bytes of its code, as the linker wrote it.
    pub(crate) size: usize,
    /// What it calls by its index.
    pub(crate) calls: BTreeSet<u32>,
    /// Whose place in the table or in memory it knows.
    knows: BTreeSet<Node>,
}

/// A piece of data: what one symbol stands for.
#[derive(Debug)]
pub(crate) struct Data {
    /// Its segment, and where it lies in it.
    pub(crate) segment: usize,
    pub(crate) range: Range<usize>,
    knows: BTreeSet<Node>,
}

/// The module as code and data that need each other.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Number of imported functions.
    pub(crate) imported: usize,
    /// Every function, imported ones first.
    pub(crate) functions: Vec<Function>,
    /// Every piece of data.
    pub(crate) data: Vec<Data>,
    /// Address and bytes of each segment, and whether the program may write to it.
    pub(crate) segments: Vec<Segment>,
    /// The function in each place of the table that is in use.
    pub(crate) table: BTreeMap<u32, u32>,
    /// What can be called from outside.
    pub(crate) exported: Vec<u32>,
}

/// A segment of data.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) address: u32,
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_constant: bool,
}

/// What the sections say before they are put together.
#[derive(Default)]
struct Sections<'a> {
    bodies: Vec<Range<usize>>,
    payloads: Vec<Range<usize>>,
    code: usize,
    data: usize,
    symbols: Vec<SymbolInfo<'a>>,
    names: Vec<&'a str>,
    relocations: Vec<(usize, Vec<RelocationEntry>)>,
}

impl Graph {
    /// Reads a module as the linker wrote it.
    pub(crate) fn read(wasm: &[u8]) -> Result<Self> {
        let mut graph = Self::default();
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(wasm) {
            graph.take(payload?, &mut sections)?;
        }
        if sections.relocations.is_empty() {
            bail!("the module has no relocations: frontend/build.rs asks the linker to keep them");
        }
        for (segment, name) in graph.segments.iter_mut().zip(&sections.names) {
            segment.is_constant = name.starts_with(".rodata");
        }
        let symbols = graph.symbols(&sections);
        graph.connect(&sections, &symbols);
        Ok(graph)
    }

    fn take<'a>(&mut self, payload: Payload<'a>, sections: &mut Sections<'a>) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let wasmparser::TypeRef::Func(_) = import?.ty {
                        self.imported += 1;
                        self.functions.push(Function::default());
                    }
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported.push(export.index);
                    }
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.fill(element?)?;
                }
            }
            Payload::CodeSectionStart { range, .. } => sections.code = range.start,
            Payload::CodeSectionEntry(body) => {
                sections.bodies.push(body.range());
                self.functions.push(Function {
                    size: body.range().len(),
                    ..Function::default()
                });
            }
            Payload::DataSection(segments) => {
                sections.data = segments.range().start;
                for segment in segments {
                    let segment = segment?;
                    let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else {
                        bail!("a segment of data without an address");
                    };
                    let end = segment.range.end;
                    sections.payloads.push(end - segment.data.len()..end);
                    self.segments.push(Segment {
                        address: number(&offset_expr)?,
                        bytes: segment.data.to_vec(),
                        is_constant: false,
                    });
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => {
                    for subsection in names {
                        if let Name::Function(names) = subsection? {
                            for naming in names {
                                let naming = naming?;
                                let function = self.functions.get_mut(naming.index as usize);
                                function.context("a name of nothing")?.name =
                                    naming.name.to_owned();
                            }
                        }
                    }
                }
                KnownCustom::Linking(linking) => {
                    for part in linking {
                        match part? {
                            Linking::SymbolTable(symbols) => {
                                sections.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                            }
                            Linking::SegmentInfo(infos) => {
                                for info in infos {
                                    sections.names.push(info?.name);
                                }
                            }
                            _ => {}
                        }
                    }
                }
                KnownCustom::Reloc(relocations) if section.name() == "reloc.CODE" => {
                    let entries = relocations.entries().into_iter();
                    let entries = entries.collect::<Result<_, _>>()?;
                    sections.relocations.push((sections.code, entries));
                }
                KnownCustom::Reloc(relocations) if section.name() == "reloc.DATA" => {
                    let entries = relocations.entries().into_iter();
                    let entries = entries.collect::<Result<_, _>>()?;
                    sections.relocations.push((sections.data, entries));
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// The table's places that an element segment fills.
    fn fill(&mut self, element: wasmparser::Element<'_>) -> Result<()> {
        let wasmparser::ElementKind::Active { offset_expr, .. } = element.kind else {
            return Ok(());
        };
        let wasmparser::ElementItems::Functions(functions) = element.items else {
            bail!("a table of something other than functions");
        };
        let first = number(&offset_expr)?;
        for (place, function) in (first..).zip(functions) {
            self.table.insert(place, function?);
        }
        Ok(())
    }

    /// What each symbol stands for. Several may stand for one piece of data.
    fn symbols(&mut self, sections: &Sections<'_>) -> Vec<Option<Node>> {
        let mut places = BTreeMap::<(u32, u32), usize>::new();
        let mut node = |symbol: &SymbolInfo<'_>| match symbol {
            SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
            SymbolInfo::Data {
                symbol: Some(found),
                ..
            } if found.size > 0 => {
                let start = found.offset as usize;
                let range = start..start + found.size as usize;
                let place = (found.index, found.offset);
                let at = *places.entry(place).or_insert(self.data.len());
                match self.data.get_mut(at) {
                    Some(known) => known.range.end = known.range.end.max(range.end),
                    None => self.data.push(Data {
                        segment: found.index as usize,
                        range,
                        knows: BTreeSet::new(),
                    }),
                }
                Some(Node::Data(at))
            }
            _ => None,
        };
        sections.symbols.iter().map(&mut node).collect()
    }

    fn connect(&mut self, sections: &Sections<'_>, symbols: &[Option<Node>]) {
        let mut order: Vec<usize> = (0..self.data.len()).collect();
        order.sort_by_key(|at| (self.data[*at].segment, self.data[*at].range.start));
        for (start, entries) in &sections.relocations {
            for entry in entries {
                let at = start + entry.offset as usize;
                let Some(target) = symbols.get(entry.index as usize).copied().flatten() else {
                    continue;
                };
                let is_call = entry.ty == RelocationType::FunctionIndexLeb;
                let is_known = is_call
                    || matches!(
                        entry.ty,
                        RelocationType::TableIndexSleb
                            | RelocationType::TableIndexI32
                            | RelocationType::MemoryAddrLeb
                            | RelocationType::MemoryAddrSleb
                            | RelocationType::MemoryAddrI32
                    );
                if !is_known {
                    continue;
                }
                if *start == sections.code {
                    let body = sections.bodies.partition_point(|body| body.end <= at);
                    let function = &mut self.functions[self.imported + body];
                    function.knows.insert(target);
                    if let (true, Node::Function(called)) = (is_call, target) {
                        function.calls.insert(called);
                    }
                } else {
                    let segment = sections.payloads.partition_point(|range| range.end <= at);
                    let within = at - sections.payloads[segment].start;
                    let next = order.partition_point(|at| {
                        let data = &self.data[*at];
                        (data.segment, data.range.start) <= (segment, within)
                    });
                    // Symbols may lie in each other: whichever holds the place knows.
                    for at in order[..next].iter().rev().take(4) {
                        let data = &mut self.data[*at];
                        if data.segment == segment && data.range.contains(&within) {
                            data.knows.insert(target);
                        }
                    }
                }
            }
        }
    }

    /// Everything that is needed by `roots`; what is behind a function that `stop` names is not.
    pub(crate) fn reach(
        &self,
        roots: impl IntoIterator<Item = u32>,
        stop: impl Fn(u32) -> bool,
    ) -> BTreeSet<Node> {
        let mut found = BTreeSet::new();
        let mut open: Vec<Node> = roots.into_iter().map(Node::Function).collect();
        while let Some(node) = open.pop() {
            if !found.insert(node) {
                continue;
            }
            match node {
                Node::Function(index) if stop(index) => {}
                Node::Function(index) => open.extend(&self.functions[index as usize].knows),
                Node::Data(at) => open.extend(&self.data[at].knows),
            }
        }
        found
    }
}

/// The number of a constant expression.
fn number(expression: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        wasmparser::Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("{other:?} where a number was expected"),
    }
}
