//! Parts the module. What only a function named `part_PART_…` needs goes into a module of its own,
//! which is loaded when it is wanted; everything else stays.
//!
//! Nothing moves: a part's functions have the places in the table, and its data the addresses, that
//! the linker gave them, in the one table and the one memory. So no code needs to be changed. In the
//! main module `part_…` functions are replaced by jumps through places in the table that the part
//! fills. Before the part is there, such a jump stops the program: Rust asks for the part first
//! (`app/src/part.rs`).

use crate::{
    graph::{Graph, Node},
    snip,
};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportedFunction, Module, ModuleConfig, ir::Value,
};

/// What the names of these functions begin with.
const MARK: &str = "part_";
/// A function that is as short as this is copied into parts that call it: to lend it would take more
/// of the main module than that.
const SHORT: usize = 40;
/// Under which name parts import from the main module.
const MAIN: &str = "m";
const MEMORY: &str = "$memory";
const TABLE: &str = "$table";

/// The main module, and the parts by name.
pub(crate) struct Split {
    pub(crate) main: Module,
    pub(crate) parts: BTreeMap<String, Vec<u8>>,
}

/// What goes where.
struct Plan {
    graph: Graph,
    /// What was left empty needs nothing.
    empty: BTreeSet<u32>,
    /// The place in the table through which the main module reaches a part's function.
    doors: BTreeMap<u32, u32>,
    main: BTreeSet<Node>,
    parts: BTreeMap<String, BTreeSet<Node>>,
}

/// Parts a module as the linker wrote it.
pub(crate) fn split(wasm: &[u8], with_names: bool) -> Result<Split> {
    let (mut main, empty) = parse(wasm, true)?;
    let plan = Plan::make(wasm, empty)?;
    let mut wanted = BTreeSet::new();
    let mut parts = BTreeMap::new();
    for (name, nodes) in &plan.parts {
        let (mut part, _) = parse(wasm, with_names)?;
        wanted.extend(plan.part(nodes, &mut part)?);
        parts.insert(name.clone(), part.emit_wasm());
    }
    plan.keep(&mut main, &wanted)?;
    Ok(Split { main, parts })
}

fn parse(wasm: &[u8], with_names: bool) -> Result<(Module, BTreeSet<u32>)> {
    let mut config = ModuleConfig::new();
    let mut module = config.generate_name_section(with_names).parse(wasm)?;
    let empty = snip::never_called(&mut module);
    for section in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(section);
    }
    Ok((module, empty))
}

/// The part that a function is the way into.
fn part_of(symbol: &str) -> Option<&str> {
    let at = symbol.rfind(MARK)?;
    let before = symbol[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    let length: usize = symbol[before.len()..at].parse().ok()?;
    // Behind the name is a hash, or which crate wanted it; a closure within is another function.
    let (name, behind) = symbol[at..].split_at_checked(length)?;
    let is_whole = behind.is_empty() || behind.starts_with("17h") || behind.starts_with('C');
    let (part, _) = name[MARK.len()..].split_once('_')?;
    is_whole.then_some(part)
}

impl Plan {
    fn make(wasm: &[u8], empty: BTreeSet<u32>) -> Result<Self> {
        let graph = Graph::read(wasm)?;
        let mut roots = BTreeMap::<String, Vec<u32>>::new();
        for (index, function) in (0..).zip(&graph.functions) {
            if let Some(part) = part_of(&function.name) {
                roots.entry(part.to_owned()).or_default().push(index);
            }
        }
        let first = graph.table.keys().next_back().map_or(1, |last| last + 1);
        let doors: BTreeMap<u32, u32> = roots.values().flatten().copied().zip(first..).collect();
        let stop = |index: u32| doors.contains_key(&index) || empty.contains(&index);
        let main = graph.reach(graph.exported.iter().copied(), stop);
        let mut parts = BTreeMap::new();
        for (name, roots) in roots {
            let others = |index: u32| stop(index) && !roots.contains(&index);
            let all = graph.reach(roots.iter().copied(), |index| {
                others(index) || (main.contains(&Node::Function(index)) && !roots.contains(&index))
            });
            let stays = |node: &Node| match node {
                // What JavaScript gives, it gives to the main module.
                Node::Function(index) if (*index as usize) < graph.imported => true,
                Node::Function(index) => {
                    !roots.contains(index) && (doors.contains_key(index) || main.contains(node))
                }
                Node::Data(at) => {
                    main.contains(node) || !graph.segments[graph.data[*at].segment].is_constant
                }
            };
            parts.insert(name, all.into_iter().filter(|node| !stays(node)).collect());
        }
        Ok(Self {
            graph,
            empty,
            doors,
            main,
            parts,
        })
    }

    fn is_imported(&self, index: u32) -> bool {
        (index as usize) < self.graph.imported
    }

    /// Leaves in a module what belongs to a part; gives the functions that it wants of the main one.
    fn part(&self, nodes: &BTreeSet<Node>, module: &mut Module) -> Result<BTreeSet<u32>> {
        let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
        let mine: BTreeSet<u32> = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Function(index) => Some(*index),
                Node::Data(_) => None,
            })
            .collect();
        let mine = self.with_short(mine);
        for id in module.exports.iter().map(|e| e.id()).collect::<Vec<_>>() {
            module.exports.delete(id);
        }
        module.start = None;
        for id in module.customs.iter().map(|(id, _)| id).collect::<Vec<_>>() {
            module.customs.delete(id);
        }
        let calls = |index: &u32| &self.graph.functions[*index as usize].calls;
        let wanted: BTreeSet<u32> = mine
            .iter()
            .filter(|index| !self.empty.contains(index))
            .flat_map(calls)
            .filter(|index| !mine.contains(index))
            .copied()
            .collect();
        for index in &wanted {
            let id = ids[*index as usize];
            let ty = module.funcs.get(id).ty();
            if let FunctionKind::Import(known) = &module.funcs.get(id).kind {
                module.imports.delete(known.import);
            }
            let import = module.imports.add(MAIN, &name_of(*index), id);
            module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        self.share(module)?;
        self.empty(module)?;
        let is_at_home = |index: u32| nodes.contains(&Node::Function(index));
        for (start, items) in self.runs(is_at_home, &ids) {
            self.put(module, start, items)?;
        }
        for (function, place) in &self.doors {
            if mine.contains(function) {
                self.put(module, *place, vec![ids[*function as usize]])?;
            }
        }
        let mut ranges: Vec<(u32, Vec<u8>)> = Vec::new();
        let mut data: Vec<_> = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Data(at) => Some(&self.graph.data[*at]),
                Node::Function(_) => None,
            })
            .collect();
        data.sort_by_key(|data| (data.segment, data.range.start));
        for data in data {
            let segment = &self.graph.segments[data.segment];
            let address = segment.address + u32::try_from(data.range.start)?;
            let bytes = &segment.bytes[data.range.clone()];
            match ranges.last_mut() {
                // Between neighbours lies at most what aligns the second.
                Some((start, held)) if address < *start + u32::try_from(held.len())? + 8 => {
                    let from = *start as usize + held.len();
                    let gap = (address as usize).saturating_sub(from);
                    let known = from.saturating_sub(address as usize);
                    let base = from - segment.address as usize;
                    held.extend(&segment.bytes[base..base + gap]);
                    held.extend(bytes.get(known..).unwrap_or_default());
                }
                _ => ranges.push((address, bytes.to_vec())),
            }
        }
        let memory = module.get_memory_id()?;
        for (address, bytes) in ranges {
            let offset = constant(address);
            let kind = DataKind::Active { memory, offset };
            let id = module.data.add(kind, bytes);
            module.memories.get_mut(memory).data_segments.insert(id);
        }
        walrus::passes::gc::run(module);
        Ok(wanted)
    }

    /// A part's functions with those of the main module that it takes copies of.
    fn with_short(&self, mut mine: BTreeSet<u32>) -> BTreeSet<u32> {
        let mut open: Vec<u32> = mine.iter().copied().collect();
        while let Some(index) = open.pop() {
            if self.empty.contains(&index) {
                continue;
            }
            for called in &self.graph.functions[index as usize].calls {
                let function = &self.graph.functions[*called as usize];
                let is_plain = function.calls.iter().all(|index| !self.is_imported(*index));
                let may_be_copied = !self.is_imported(*called)
                    && !self.doors.contains_key(called)
                    && !self.empty.contains(called)
                    && function.size <= SHORT
                    && is_plain;
                if may_be_copied && mine.insert(*called) {
                    open.push(*called);
                }
            }
        }
        mine
    }

    /// Memory, table and globals of a part are those of the main module.
    fn share(&self, module: &mut Module) -> Result<()> {
        let memory = module.get_memory_id()?;
        let import = module.imports.add(MAIN, MEMORY, memory);
        module.memories.get_mut(memory).import = Some(import);
        let table = module.tables.main_function_table()?.context("no table")?;
        let import = module.imports.add(MAIN, TABLE, table);
        let held = module.tables.get_mut(table);
        held.import = Some(import);
        held.initial = 0;
        held.maximum = None;
        let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
        for (place, id) in globals.into_iter().enumerate() {
            let import = module.imports.add(MAIN, &format!("$global{place}"), id);
            module.globals.get_mut(id).kind = GlobalKind::Import(import);
        }
        Ok(())
    }

    /// Takes out all data and everything in the table.
    fn empty(&self, module: &mut Module) -> Result<()> {
        let table = module.tables.main_function_table()?.context("no table")?;
        for id in module.elements.iter().map(|e| e.id()).collect::<Vec<_>>() {
            module.elements.delete(id);
            module.tables.get_mut(table).elem_segments.remove(&id);
        }
        let memory = module.get_memory_id()?;
        for id in module.data.iter().map(|d| d.id()).collect::<Vec<_>>() {
            module.data.delete(id);
            module.memories.get_mut(memory).data_segments.remove(&id);
        }
        Ok(())
    }

    /// Neighbours in the table.
    fn runs(&self, is_in: impl Fn(u32) -> bool, ids: &[FunctionId]) -> Vec<(u32, Vec<FunctionId>)> {
        let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
        let mut next = 0;
        for (place, index) in &self.graph.table {
            if !is_in(*index) {
                continue;
            }
            let id = ids[*index as usize];
            match runs.last_mut() {
                Some((_, held)) if *place == next => held.push(id),
                _ => runs.push((*place, vec![id])),
            }
            next = place + 1;
        }
        runs
    }

    fn put(&self, module: &mut Module, place: u32, items: Vec<FunctionId>) -> Result<()> {
        let table = module.tables.main_function_table()?.context("no table")?;
        let offset = constant(place);
        let kind = ElementKind::Active { table, offset };
        let id = module.elements.add(kind, ElementItems::Functions(items));
        module.tables.get_mut(table).elem_segments.insert(id);
        Ok(())
    }

    /// Leaves in the main module what belongs there, and lends to parts what they want.
    fn keep(&self, module: &mut Module, wanted: &BTreeSet<u32>) -> Result<()> {
        let ids: Vec<FunctionId> = module.funcs.iter().map(|function| function.id()).collect();
        let table = module.tables.main_function_table()?.context("no table")?;
        let places = self.doors.values().max().map_or(0, |last| last + 1);
        let held = module.tables.get_mut(table);
        held.initial = held.initial.max(u64::from(places));
        held.maximum = held.maximum.map(|most| most.max(u64::from(places)));
        for (function, place) in &self.doors {
            self.door(module, ids[*function as usize], *place, table);
        }
        // One that stops holds the places of all that are not here: the table stays in one piece.
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.name("absent".to_owned()).func_body().unreachable();
        let absent = builder.finish(Vec::new(), &mut module.funcs);
        let bytes: Vec<(u32, Vec<u8>)> = self.remaining();
        self.empty(module)?;
        let main = |index: u32| self.main.contains(&Node::Function(index));
        let mut items: Vec<FunctionId> = Vec::new();
        let first = self.graph.table.keys().next().copied().unwrap_or(1);
        for (place, index) in &self.graph.table {
            while items.len() < (place - first) as usize {
                items.push(absent);
            }
            items.push(if main(*index) {
                ids[*index as usize]
            } else {
                absent
            });
        }
        self.put(module, first, items)?;
        let memory = module.get_memory_id()?;
        for (address, bytes) in bytes {
            let offset = constant(address);
            let id = module.data.add(DataKind::Active { memory, offset }, bytes);
            module.memories.get_mut(memory).data_segments.insert(id);
        }
        if self.parts.is_empty() {
            return Ok(());
        }
        module.exports.add(MEMORY, memory);
        module.exports.add(TABLE, table);
        let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
        for (place, id) in globals.into_iter().enumerate() {
            module.exports.add(&format!("$global{place}"), id);
        }
        for index in wanted {
            let id = ids[*index as usize];
            if !main(*index) && !self.doors.contains_key(index) && !self.is_imported(*index) {
                bail!("{} is nowhere", self.graph.functions[*index as usize].name);
            }
            // wasm-bindgen gives imports other types and rewrites their callers, and it puts
            // imports in the place of functions that describe themselves to it: a function around
            // it stays what it is.
            let describes = |called: &u32| self.is_imported(*called);
            let calls = &self.graph.functions[*index as usize].calls;
            let lent = if self.is_imported(*index) || calls.iter().any(describes) {
                around(module, id)
            } else {
                id
            };
            module.exports.add(&name_of(*index), lent);
        }
        Ok(())
    }

    /// Replaces a function by a jump through the table.
    fn door(&self, module: &mut Module, id: FunctionId, place: u32, table: walrus::TableId) {
        let ty = module.funcs.get(id).ty();
        let (params, results) = {
            let ty = module.types.get(ty);
            (ty.params().to_vec(), ty.results().to_vec())
        };
        let args: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        let mut body = builder.func_body();
        for arg in &args {
            body.local_get(*arg);
        }
        body.i32_const(place.cast_signed()).call_indirect(ty, table);
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
    }

    /// The data of the main module. What is in a part, or nowhere, is left zero, which packs well.
    fn remaining(&self) -> Vec<(u32, Vec<u8>)> {
        let mut segments: Vec<_> = self
            .graph
            .segments
            .iter()
            .map(|segment| (segment.address, segment.bytes.clone()))
            .collect();
        let is_held = |at: &usize| self.main.contains(&Node::Data(*at));
        let (held, gone): (Vec<usize>, Vec<usize>) = (0..self.graph.data.len()).partition(is_held);
        for at in gone {
            let data = &self.graph.data[at];
            if self.graph.segments[data.segment].is_constant {
                segments[data.segment].1[data.range.clone()].fill(0);
            }
        }
        // Symbols may overlap: whatever is held is whole.
        for at in held {
            let data = &self.graph.data[at];
            let whole = &self.graph.segments[data.segment].bytes[data.range.clone()];
            segments[data.segment].1[data.range.clone()].copy_from_slice(whole);
        }
        segments
    }
}

/// A function that only calls another one.
fn around(module: &mut Module, id: FunctionId) -> FunctionId {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let args: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for arg in &args {
        body.local_get(*arg);
    }
    body.call(id);
    builder.finish(args, &mut module.funcs)
}

/// How the main module names a function for its parts. No name of wasm-bindgen's begins like this.
fn name_of(index: u32) -> String {
    let mut rest = index;
    let mut name = String::from("$");
    while rest > 0 {
        name.extend(char::from_digit(rest % 36, 36));
        rest /= 36;
    }
    name
}

fn constant(number: u32) -> ConstExpr {
    ConstExpr::Value(Value::I32(number.cast_signed()))
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn the_way_into_a_part_is_known_by_its_name() {
        let of = |name: &'static str| part_of(name);
        assert_eq!(
            of("_ZN3app3lab14part_text_json17h0123456789abcdefE"),
            Some("text")
        );
        assert_eq!(
            of("_RNvNtCs1_3app3lab14part_text_jsonCs2_8frontend"),
            Some("text")
        );
        assert_eq!(of("_RNvNtCs1_3app3lab14part_text_json"), Some("text"));
        assert_eq!(
            of("_ZN3app14part_text_json28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE"),
            None
        );
        assert_eq!(of("_ZN3app9part_text17h0123456789abcdefE"), None);
        assert_eq!(of("_ZN3app13counterpart_x17h0123456789abcdefE"), None);
    }
}
